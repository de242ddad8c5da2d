import type { TestServer } from '../support/server.ts'
import { bySession, type Mutation } from './mutation.ts'

const path = '/me/calendar-feed'
const told = (id: string | undefined) => ({ calendar_feed_id: id ?? 'no id' })

export const calendarMutations: Record<string, (server: TestServer) => Promise<Mutation>> = {
  createCalendarFeed: async ({ given, call }) => {
    const person = await given.person()
    const { body: before } = await call('POST', path, { as: person.as })
    return {
      method: 'POST',
      path,
      as: person.as,
      status: 201,
      event: ({ body }) => ({
        ...bySession(person),
        action: 'user.calendar_feed_created',
        target_type: 'user',
        target_id: person.id,
        tenant_ids: [],
        before: told(before.id),
        after: told(body.id),
      }),
      secrets: ({ body }) => [/postern_cal_\w+/.exec(body.calendar_url)?.[0] ?? 'no key at all'],
    }
  },

  deleteCalendarFeed: async ({ given, call }) => {
    const person = await given.person()
    const { body } = await call('POST', path, { as: person.as })
    return {
      method: 'DELETE',
      path,
      as: person.as,
      status: 204,
      event: () => ({
        ...bySession(person),
        action: 'user.calendar_feed_deleted',
        target_type: 'user',
        target_id: person.id,
        tenant_ids: [],
        before: told(body.id),
        after: null,
      }),
    }
  },
}
