import { Text, type TextProps, Tooltip, VisuallyHidden } from '@mantine/core'
import { texts } from '../texts/common.ts'

const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86400],
  ['month', 30 * 86400],
  ['week', 7 * 86400],
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
]

/**
 * As “3 days ago”, and exactly, with its zone, on hover and touch. Screen readers are told both: it takes no focus,
 * or a table of 25 rows would have 25 stops at which there is nothing to do. Never raw nothing: “Never”.
 */
export function Time({
  at,
  never = texts.never,
  ...props
}: { at: string | null; never?: string } & TextProps) {
  if (at === null) {
    return (
      <Text span inherit c="dimmed" {...props}>
        {never}
      </Text>
    )
  }
  return (
    <Tooltip label={exactly(at)} events={{ hover: true, focus: false, touch: true }}>
      <Text span inherit pos="relative" {...props}>
        <time dateTime={at}>{fromNow(at)}</time>
        <VisuallyHidden> ({exactly(at)})</VisuallyHidden>
      </Text>
    </Tooltip>
  )
}

/** An instant with its zone, as people write it. */
export const exactly = (at: string | Date): string => exact.format(new Date(at))

function fromNow(at: string, now = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return unit === 'second'
    ? relative.format(0, 'second')
    : relative.format(Math.trunc(seconds / size), unit)
}
