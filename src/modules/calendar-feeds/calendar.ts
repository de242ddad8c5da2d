import ical, {
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventTransparency,
} from 'ical-generator'
import type { Expiring } from './expiring-tokens.ts'

/** Where the console shows a token. */
const pages: { [Kind in Expiring['kind']]: (token: Expiring) => string } = {
  own: ({ id }) => `/settings/tokens/${id}`,
  account: ({ id, owner_id }) => `/service-accounts/${owner_id}/tokens/${id}`,
  system: () => '/system/tokens',
}

/**
 * The calendar (RFC 5545) of when these tokens expire. The same tokens make the same text: nothing in it is of the
 * moment at which somebody asks.
 */
export function calendarOf(tokens: readonly Expiring[], publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  const calendar = ical({
    name: 'Access tokens',
    description: `When access tokens at ${hostname} expire`,
    prodId: { company: 'Postern', product: 'Postern', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3600,
  })
  for (const token of tokens) {
    const { id, name, kind, owner_name, created_at, expires_at } = token
    const of = kind === 'own' ? '' : ` of ${owner_name}`
    calendar.createEvent({
      id: `${id}@${hostname}`,
      start: expires_at,
      stamp: created_at,
      summary: `Access token “${name}”${of} expires`,
      description: 'What uses it stops working then. Create another one before.',
      url: `${publicUrl}${pages[kind](token)}`,
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
    })
  }
  return calendar.toString()
}
