import { type Static, Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { requireToGive } from '../../access/held.ts'
import { requirePasswordPolicy } from '../../access/password-policy.ts'
import { builtIn } from '../../access/permissions.ts'
import { requireFresh } from '../../access/require-sign-in.ts'
import { isScopeWord } from '../../access/scope.ts'
import { invite, madeBy } from '../../accounts/invite.ts'
import { CreatedUserRef, UserName, userOf, withTenants } from '../../accounts/resource.ts'
import { requireScopeEntry, scopeRow } from '../../accounts/scope-entry.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { brokenConstraint } from '../../db/faults.ts'
import { conflict, sessionRequired } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Email, PasswordText, ScopeEntry } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'

const Body = Type.Object(
  {
    email: Email,
    name: UserName,
    password: Type.Optional(PasswordText),
    tenants: Type.Array(ScopeEntry, { maxItems: 1000, uniqueItems: true }),
  },
  {
    additionalProperties: false,
    examples: [
      {
        email: 'ada@example.com',
        name: 'Ada Lovelace',
        tenants: ['0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'],
      },
    ],
  },
)
type Body = Static<typeof Body>

/** A new person, in tenants where the caller may create users. Without a password, by invitation. */
export const createUser: Operation = (app, tools) => {
  const { prisma, passwords } = tools
  app.post(
    '/users',
    {
      config: { access: withinReach('users.create') },
      schema: {
        operationId: 'createUser',
        summary: 'Create or invite a user',
        description:
          'Without a password the user is invited: a token may do that, too. With one the user can sign in at once: it asks for a fresh sign-in, and is refused to tokens.',
        tags: ['users'],
        body: Body,
        response: { 201: CreatedUserRef, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { authority, body } = request
      // Ahead of the hash, which is dear; and again below, on the authority of then.
      await requireMayCreate(prisma, authority, body)
      if (body.password) await requirePasswordPolicy(prisma, 'password', body.password, body)
      const password_hash = body.password
        ? await passwords.hashFor(authority.credential.id, body.password)
        : null

      const created = await changing(prisma, request, {}, async (tx) => {
        await requireMayCreate(tx, request.authority, body)
        return once(
          tx,
          request,
          async () => {
            const user = await tx.user.create({
              data: {
                email: body.email.toLowerCase(),
                name: body.name,
                password_hash,
                status: password_hash ? 'active' : 'invited',
                tenants: { create: body.tenants.map(scopeRow) },
              },
              include: withTenants(request.reach),
            })
            await recordEvent(tx, request, {
              action: password_hash ? 'user.created' : 'user.invited',
              target_type: 'user',
              target_id: user.id,
              tenant_ids: body.tenants.filter((entry) => !isScopeWord(entry)),
              after: {
                email: user.email,
                name: user.name,
                tenants: body.tenants,
              },
            })
            const made = { user_id: user.id, ...madeBy(request.authority) }
            const invitation = password_hash ? null : await invite(tx, made, tools)
            const invitation_url = invitation?.invitation_url ?? null
            return { ...userOf(user, request.authority.read_at), invitation_url }
          },
          'invitation_url',
        )
      }).catch((error) => {
        if (brokenConstraint(error) !== 'users_email_key') throw error
        throw conflict('There is a user with this e-mail address', 'email')
      })
      return reply.code(201).header('cache-control', 'no-store').send(created)
    },
  )
}

async function requireMayCreate(
  tx: Pick<Transaction, 'tenant'>,
  authority: Authority,
  { tenants, password }: Body,
): Promise<void> {
  const isByHand = password !== undefined
  if (isByHand && authority.credential.kind !== 'session') throw sessionRequired()
  const wanted = builtIn('users.create')
  for (const entry of tenants) await requireScopeEntry(tx, authority, wanted, entry, 'tenants')
  // A user in no tenant is seen only by who reaches all, so nobody else can create one.
  if (tenants.length === 0) requireToGive(authority, wanted, 'any')
  // Who sets the password can sign in with it, whatever is given to that person later: no link that dies.
  requireFresh(authority, { stepUp: isByHand })
}
