import { Type } from 'typebox'
import { isAuthenticated } from '../../access/declaration.ts'
import { effectiveEntries } from '../../access/effective.ts'
import { EffectiveEntries, Id, nullable, ScopeEntry, Timestamp } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

const Me = Type.Object({
  id: Id,
  is_service_account: Type.Boolean(),
  email: nullable(Type.String({ examples: ['ada@example.com'] })),
  name: Type.String({ examples: ['Ada Lovelace'] }),
  status: Type.Enum(['invited', 'active', 'deactivated']),
  token_limit: Type.Integer({ examples: [3] }),
  tenants: Type.Array(ScopeEntry),
  credential: Type.Object({
    kind: Type.Enum(['session', 'personal_access_token']),
    id: Id,
    name: nullable(Type.String({ examples: ['CI pipeline'] })),
    expires_at: nullable(Timestamp),
  }),
  authority: EffectiveEntries,
})

/** Who is calling, with which credential, and what that may do at this moment. */
export const getMe: Operation = (app, { readCatalogue }) => {
  app.get(
    '/me',
    {
      config: { access: isAuthenticated, whileEnrolling: true },
      schema: {
        operationId: 'getMe',
        summary: 'Describe the current user, credential and authority',
        tags: ['me'],
        response: { 200: Me },
      },
    },
    async ({ authority }) => {
      const catalogue = await readCatalogue()
      const { owner, credential, scope } = authority
      return {
        ...owner,
        tenants: [...scope].sort(),
        credential,
        authority: effectiveEntries(authority, catalogue),
      }
    },
  )
}
