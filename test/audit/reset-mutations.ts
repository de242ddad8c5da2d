import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { hashToken } from '../../src/access/token.ts'
import type { TestServer } from '../support/server.ts'
import { bySession, type Mutation } from './mutation.ts'

const new_password = 'another password of some length'

export const resetMutations: Record<string, (server: TestServer) => Promise<Mutation>> = {
  confirmPasswordReset: async ({ given, database }) => {
    const tenant = await given.tenant()
    const user = await given.withPassword({ tenants: [tenant.id] })
    const token = randomBytes(32).toString('base64url')
    await database.sql(
      `INSERT INTO password_resets (id, user_id, token_hash, expires_at)
       VALUES ($1, $2, $3, now() + interval '1 hour')`,
      [uuidv7(), user.id, hashToken(token)],
    )
    return {
      method: 'POST',
      path: '/auth/password-reset/confirm',
      body: { token, new_password },
      status: 204,
      event: () => ({
        actor_id: user.id,
        actor_name: user.name,
        credential_kind: null,
        credential_id: null,
        credential_name: null,
        action: 'user.password_reset',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: null,
        after: { sessions_ended: 1 },
      }),
      secrets: () => [new_password, token],
    }
  },

  updateNotices: async ({ given }) => {
    const person = await given.person()
    return {
      method: 'PATCH',
      path: '/me/notices',
      as: person.as,
      body: { token_expiry: false },
      status: 200,
      event: () => ({
        ...bySession(person),
        action: 'user.notices_changed',
        target_type: 'user',
        target_id: person.id,
        tenant_ids: [],
        before: { token_expiry: true },
        after: { token_expiry: false },
      }),
    }
  },
}
