import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { conflict, invalidField } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { answerChallenge } from '../../second-factors/challenges.ts'
import { RegistrationResponse } from '../../second-factors/passkey-schemas.ts'
import { challengeOf, newPasskey } from '../../second-factors/passkeys.ts'
import { type RelyingParty, relyingPartyOf } from '../../second-factors/relying-party.ts'
import { addToSession } from './add-to-session.ts'
import { refuseWhenOff } from './refuse-when-off.ts'
import { PasskeyName, PasskeyRef } from './resource.ts'

const Body = Type.Object(
  { name: PasskeyName, passkey: RegistrationResponse },
  { additionalProperties: false },
)

/** More than anybody carries; a sign-in names them all to the browser. */
const passkeysMax = 10

/** Keeps the public key of a passkey that this person's browser has made for the challenge. */
export const createPasskey: Operation = (app, { prisma, publicUrl }) => {
  app.post(
    '/me/passkeys',
    {
      config: { access: isSession, stepUp: true, changesFactors: true, whileEnrolling: true },
      schema: {
        operationId: 'createPasskey',
        summary: 'Add a passkey',
        tags: ['second-factors'],
        body: Body,
        response: { 201: PasskeyRef, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const users = [request.authority.owner.id]
      const created = await changing(prisma, request, { users }, (tx) =>
        once(tx, request, () => create(tx, request, request.body, relyingPartyOf(publicUrl))),
      )
      return reply.code(201).send(created)
    },
  )
}

async function create(
  tx: Transaction,
  request: FastifyRequest,
  { name, passkey }: Static<typeof Body>,
  relyingParty: RelyingParty,
) {
  await refuseWhenOff(tx)
  const { owner, credential } = request.authority
  const user_id = owner.id
  const challenge = challengeOf(passkey)
  const asked = { purpose: 'registration', user_id, session_id: credential.id } as const
  const made = await answerChallenge(tx, challenge, asked, () =>
    newPasskey(passkey, challenge, relyingParty),
  )
  if (made === null) throw invalidField('passkey', 'does not answer the challenge')
  const { credential_id } = made
  if (await tx.passkey.count({ where: { credential_id } })) {
    throw conflict('This passkey is known already', 'passkey')
  }
  if ((await tx.passkey.count({ where: { user_id } })) >= passkeysMax) {
    throw conflict(`There are ${passkeysMax} passkeys already; delete one first`)
  }
  const row = await tx.passkey.create({ data: { ...made, user_id, name } })
  await addToSession(tx, request, 'passkey')
  await recordEvent(tx, request, {
    action: 'passkey.created',
    target_type: 'passkey',
    target_id: row.id,
    after: { name, is_backed_up: row.is_backed_up },
  })
  const { id, is_backed_up, created_at, last_used_at } = row
  return { id, name, is_backed_up, created_at, last_used_at }
}
