import { Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { requireFresh } from '../../access/require-sign-in.ts'
import { invite, isInvitable, madeBy } from '../../accounts/invite.ts'
import { lockTarget, type Target } from '../../accounts/lock-target.ts'
import { requireAllOf } from '../../accounts/require-all-of.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { conflict, sessionRequired } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id, IdParams, ref, Timestamp } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'

export const Invitation = Type.Object(
  {
    id: Id,
    user_id: Id,
    created_at: Timestamp,
    expires_at: Timestamp,
    invitation_url: Type.Optional(
      Type.String({
        description: 'Where the invited person sets a password, once; shown here only',
        examples: ['https://postern.example/accept-invitation#token=…'],
      }),
    ),
  },
  { $id: 'Invitation' },
)

/**
 * Invites again who was invited and never came, or who is left without a way in, since their provider of identities is
 * gone, or what they signed in by was taken away: the links until now end.
 */
export const renewInvitation: Operation = (app, tools) => {
  const { prisma } = tools
  app.post(
    '/users/:id/invitation',
    {
      config: { access: withinReach('users.create'), refuses: ['reauthentication_required'] },
      schema: {
        operationId: 'renewInvitation',
        summary: 'Make a new invitation link',
        description:
          'For who was invited and has not come, and for an active person who can sign in by nothing any more: with it they set a password. The latter asks for a fresh sign-in, and is not for oneself nor for tokens.',
        tags: ['users'],
        params: IdParams,
        response: { 201: ref(Invitation), ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const invitation = await changing(prisma, request, { users: [id] }, async (tx) => {
        const target = await lockTarget(tx, id, request.reach)
        await requireAllOf(tx, request.authority, 'users.create', target)
        if (target.status !== 'invited') requireByHand(request.authority, target)
        return once(
          tx,
          request,
          async () => {
            if (!(await isInvitable(tx, target))) {
              throw conflict(
                'The user can sign in, or is deactivated: there is nothing to invite to',
              )
            }
            const open = { user_id: id, used_at: null, expires_at: { gt: target.now } }
            await tx.invitation.updateMany({ where: open, data: { expires_at: target.now } })
            await recordEvent(tx, request, {
              action: 'user.invitation_renewed',
              target_type: 'user',
              target_id: id,
              tenant_ids: target.tenant_ids,
            })
            return invite(tx, { user_id: id, ...madeBy(request.authority) }, tools)
          },
          'invitation_url',
        )
      })
      return reply.code(201).header('cache-control', 'no-store').send(invitation)
    },
  )
}

/**
 * An active person’s account is in use, and its tokens go on: none of them may turn into a password of its own owner,
 * nor of somebody else.
 */
function requireByHand(authority: Authority, { id }: Target): void {
  if (authority.credential.kind !== 'session') throw sessionRequired()
  requireFresh(authority, { stepUp: true })
  if (id === authority.owner.id) throw conflict('Somebody else has to invite you')
}
