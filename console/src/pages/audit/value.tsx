import { Code, Text, VisuallyHidden } from '@mantine/core'
import { auditTexts as texts } from '../../texts/audit.ts'

type Props = {
  value: unknown
  /** What stands on the other side: of two lists, what differs is marked. */
  other: unknown
  mark: 'added' | 'removed'
}

const signs = { added: '+', removed: '−' }
const colours = { added: 'green', removed: 'red' }

/** One recorded value, as people read it. */
export function Value({ value, other, mark }: Props) {
  if (Array.isArray(value)) return <List items={value} other={other} mark={mark} />
  if (value === null || value === undefined || value === '') {
    return <Text size="sm">{texts.nothing}</Text>
  }
  if (typeof value === 'boolean') return <Text size="sm">{value ? texts.yes : texts.no}</Text>
  if (typeof value === 'object') return <Code block>{JSON.stringify(value, null, 2)}</Code>
  return (
    <Text size="sm">
      <bdi>{String(value)}</bdi>
    </Text>
  )
}

function List({ items, other, mark }: { items: unknown[] } & Omit<Props, 'value'>) {
  if (items.length === 0) return <Text size="sm">{texts.nothing}</Text>
  const others = Array.isArray(other) ? new Set(other.map(written)) : null
  const lines = items.map(written).map((item) => {
    const isNews = others !== null && !others.has(item)
    return (
      <Text key={item} size="sm" ff="monospace" {...(isNews && { fw: 600 })}>
        {isNews && (
          <>
            <VisuallyHidden>{texts[mark]} </VisuallyHidden>
            <Text span inherit c={colours[mark]} aria-hidden>
              {signs[mark]}{' '}
            </Text>
          </>
        )}
        <bdi>{item}</bdi>
      </Text>
    )
  })
  return <div>{lines}</div>
}

const written = (item: unknown): string => (typeof item === 'string' ? item : JSON.stringify(item))
