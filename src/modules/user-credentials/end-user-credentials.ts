import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReachInSession } from '../../access/declaration.ts'
import { deleteFactors, type FactorsDeleted } from '../../accounts/delete-factors.ts'
import { endCredentials } from '../../accounts/end-credentials.ts'
import { requireAllOf } from '../../accounts/require-all-of.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { isInstant } from '../../db/instants.ts'
import { invalidField } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams, nullable, Timestamp } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { hasWayIn, requireWayIn } from '../../sessions/require-way-in.ts'
import { count, HasWayIn } from './answer-fields.ts'
import { lockOverUser } from './lock-over-user.ts'

const CredentialsEnded = Type.Object({
  credentials_valid_from: { ...Timestamp, description: 'What was made then or before has ended' },
  sessions_ended: count('How many were in force'),
  tokens_revoked: count('How many were in force'),
  invitations_ended: count('Links by which the person could still have set a first password'),
  recovery_codes_deleted: count('Used or not'),
  totp_deleted: count('Apps that make codes'),
  passkeys_deleted: count('Passkeys'),
  external_identities_deleted: count('Links to identity providers'),
  has_way_in: HasWayIn,
})

const Body = Type.Object(
  {
    factors_since: Type.Optional(
      nullable(
        Type.String({
          format: 'date-time',
          description:
            'Apps, passkeys and links to identity providers that were added then or later are deleted; left out: all of them; null: none',
          examples: ['2026-11-20T00:00:00.000Z'],
        }),
      ),
    ),
  },
  { additionalProperties: false },
)

/**
 * Ends everything that was ever given to a user to come in with: for a stolen laptop, or a person who may
 * have been somebody else, and has added a passkey of their own. The account, its rights and its password stay.
 */
export const endUserCredentials: Operation = (app, { prisma }) => {
  app.post(
    '/users/:id/end-credentials',
    {
      config: { access: withinReachInSession('users.deactivate'), stepUp: true },
      schema: {
        operationId: 'endUserCredentials',
        summary: 'End all sessions and tokens of a user',
        description:
          'For good: tokens are revoked, recovery codes, apps, passkeys and links to identity providers deleted (`factors_since` keeps some). The password stays, and so does whatever the user holds: where somebody else may know it, have it reset; who must not come back is deactivated.',
        tags: ['users'],
        params: IdParams,
        body: Body,
        response: { 200: CredentialsEnded, ...errorAnswers(409) },
      },
      // Nothing in the body is needed, so none is needed either.
      preValidation: async (request) => {
        request.body ??= {}
      },
    },
    async (request) => {
      const { id } = request.params
      return changing(prisma, request, { users: [id] }, async (tx) => {
        const { factors_since } = request.body
        const target = await lockOverUser(tx, request, id, 'users.deactivate')
        const { authority } = request
        if (factors_since !== null) await requireAllOf(tx, authority, 'users.deactivate', target)
        const before = await tx.user.findUniqueOrThrow({
          where: { id },
          select: { credentials_valid_from: true },
        })
        const revoked_by = authority.owner.id
        const ended = {
          ...(await endCredentials(tx, { user_id: id, now: target.now, revoked_by })),
          ...(await deleteFactorsOf(tx, id, factors_since)),
        }
        // Who ends another’s can invite them; nobody may be left who could invite oneself.
        if (id === revoked_by && tookSome(ended)) await requireWayIn(tx, id)
        const at = (moment: Date | null) => moment?.toISOString() ?? null
        await recordEvent(tx, request, {
          action: 'user.credentials_ended',
          target_type: 'user',
          target_id: id,
          tenant_ids: target.tenant_ids,
          before: { credentials_valid_from: at(before.credentials_valid_from) },
          after: { ...ended, credentials_valid_from: at(ended.credentials_valid_from) },
        })
        return { ...ended, has_way_in: await hasWayIn(tx, id) }
      })
    },
  )
}

const tookSome = (deleted: FactorsDeleted) =>
  deleted.passkeys_deleted + deleted.external_identities_deleted > 0

async function deleteFactorsOf(
  tx: Transaction,
  user_id: string,
  since: string | null | undefined,
): Promise<FactorsDeleted> {
  if (since === null) {
    return { totp_deleted: 0, passkeys_deleted: 0, external_identities_deleted: 0 }
  }
  if (since === undefined) return deleteFactors(tx, { user_id, since: null })
  const instant = new Date(since)
  if (!isInstant(instant)) throw invalidField('factors_since', 'is not an instant that exists')
  return deleteFactors(tx, { user_id, since: instant })
}
