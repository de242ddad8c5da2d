import type { Person } from '../../support/given.ts'
import type { TestServer } from '../../support/server.ts'

/** What follows the server's own address. */
export const pathIn = (calendar_url: string) =>
  calendar_url.slice(calendar_url.indexOf('/calendars'))

/** Gives somebody a feed; answers where it is. */
export async function feedOf(
  { call }: Pick<TestServer, 'call'>,
  { as }: Pick<Person, 'as'>,
): Promise<string> {
  const { status, body } = await call('POST', '/me/calendar-feed', { as })
  if (status !== 201) throw new Error(`answered ${status}`)
  return pathIn(body.calendar_url)
}

type Event = Record<string, string>

/** The events of a calendar as RFC 5545 has them: lines unfolded, text unescaped. */
export function eventsIn(text: string): Event[] {
  const lines = text.replaceAll(/\r\n[ \t]/g, '').split('\r\n')
  const events: Event[] = []
  let event: Event | null = null
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') event = {}
    else if (line === 'END:VEVENT' && event) {
      events.push(event)
      event = null
    } else if (event) {
      const [name = '', value = ''] = line.split(/:(.*)/s)
      event[name.split(';')[0] ?? ''] = value.replaceAll(/\\([\\;,n])/g, (_, one) =>
        one === 'n' ? '\n' : one,
      )
    }
  }
  return events
}
