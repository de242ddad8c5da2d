import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { type StepUpMethod, stepUpMethods } from '../../access/sign-in.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { AppError } from '../../http/errors.ts'
import { ipOf } from '../../http/ip.ts'
import { PasswordText } from '../../http/schemas.ts'
import type { Operation, Tools } from '../../operation.ts'
import { answerChallenge } from '../../second-factors/challenges.ts'
import { challengeOf } from '../../second-factors/passkeys.ts'
import { proofFields } from '../../second-factors/proof-schemas.ts'
import { proveSecondFactor } from '../../second-factors/prove.ts'
import { renewSignIn } from '../../sessions/renew-sign-in.ts'

const { code, passkey } = proofFields
const Body = Type.Object(
  { password: Type.Optional(PasswordText), code, passkey },
  {
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    examples: [{ code: '492039' }],
  },
)
type Shown = Static<typeof Body>

/** Shows anew who is signed in: what needs a fresh sign-in is possible again, and other sessions stay as they are. */
export const stepUp: Operation = (app, tools) => {
  const { signInTries } = tools
  app.post(
    '/auth/step-up',
    {
      config: {
        access: isSession,
        whileEnrolling: true,
        countsAsSignIn: true,
        refuses: ['reauthentication_required'],
      },
      schema: {
        operationId: 'stepUp',
        summary: 'Show that it is you',
        description:
          'One of `password`, `code` and `passkey`, as `details.methods` of the 403 says. A wrong one answers 403.',
        tags: ['sign-in'],
        body: Body,
        response: { 204: Type.Null({ description: 'Shown; send again what was refused' }) },
      },
    },
    async (request, reply) => {
      const { authority, body } = request
      const { owner } = authority
      const show = () => showWho(request, tools)
      // Codes and passkeys have limits of their own.
      if (body.password === undefined) await show()
      else await signInTries.guarded(owner.email ?? owner.id, ipOf(request), show)
      return reply.code(204).send(null)
    },
  )
}

/** Throws 403 where what came does not show that it is the person of this session. */
async function showWho(request: FastifyRequest<{ Body: Shown }>, tools: Tools): Promise<void> {
  const { authority, body } = request
  const { prisma, passwords } = tools
  const { owner } = authority
  const [field = ''] = Object.keys(body)
  const hash = body.password === undefined ? null : await hashOf(owner.id, tools)
  const isRight = hash !== null && (await passwords.verify(body.password ?? '', hash))
  const method = await changing(prisma, request, { users: [owner.id] }, async (tx) => {
    const shown = await prove(tx, request, isRight ? hash : null, tools)
    if (shown !== null) await renewSignIn(tx, request, shown)
    return shown
  })
  if (method === null) throw wrong(field)
}

async function hashOf(id: string, { prisma }: Tools): Promise<string | null> {
  const user = await prisma.user.findUniqueOrThrow({
    where: { id },
    select: { password_hash: true },
  })
  return user.password_hash
}

/** What was shown; null where it is wrong, or not what this person is to show. */
async function prove(
  tx: Transaction,
  request: FastifyRequest<{ Body: Shown }>,
  /** The one that the password that came is right for. */
  password_hash: string | null,
  tools: Tools,
): Promise<StepUpMethod | null> {
  const { authority, body } = request
  const { owner, credential, sign_in } = authority
  const methods = sign_in ? stepUpMethods(sign_in) : []
  const user_id = owner.id
  if (body.password !== undefined) {
    if (!methods.includes('password') || password_hash === null) return null
    // It may have been changed while it was computed.
    return (await tx.user.count({ where: { id: user_id, password_hash } })) ? 'password' : null
  }
  if (body.code !== undefined) {
    if (!methods.includes('totp')) return null
    return (await proveSecondFactor(tx, user_id, { code: body.code }, '', tools)) && 'totp'
  }
  const { passkey } = body
  if (!passkey || !methods.includes('passkey')) return null
  const challenge = challengeOf(passkey)
  const asked = { purpose: 'step_up', user_id, session_id: credential.id } as const
  return answerChallenge(tx, challenge, asked, async () =>
    (await proveSecondFactor(tx, user_id, { passkey }, challenge, tools)) ? 'passkey' : null,
  )
}

function wrong(field: string): AppError {
  return new AppError('reauthentication_required', 'This does not show that it is you', {
    errors: [{ field, message: 'is wrong' }],
  })
}
