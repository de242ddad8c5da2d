import { TextFilter } from './text-filter.tsx'

type Props = {
  label: string
  value: string | undefined
  error: string | undefined
  set: (value: string | null) => void
}

const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short' })
  .formatToParts()
  .find(({ type }) => type === 'timeZoneName')?.value

/** An instant, as it reads on the clock of whoever looks; in the address it is one of the whole world. */
export function InstantField({ label, value, error, set }: Props) {
  return (
    <TextFilter
      type="datetime-local"
      label={`${label} (${zone})`}
      value={value && onTheClock(value)}
      error={error}
      set={(text) => set(instantOf(text))}
    />
  )
}

function instantOf(text: string): string | null {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

function onTheClock(value: string): string {
  const at = new Date(value)
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
