const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })

/** A day without a time, as people write it: it begins and ends by UTC. */
export const dayInWords = (date: string): string => format.format(new Date(`${date}T00:00:00Z`))

/** As a date field takes it. */
export const todayInUtc = (): string => new Date().toISOString().slice(0, 10)

export function Day({ date }: { date: string }) {
  return <time dateTime={date}>{dayInWords(date)}</time>
}
