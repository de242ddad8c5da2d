import type { FastifyRequest } from 'fastify'
import type { Transaction } from '../audit/record-event.ts'
import { isLockTimeout } from '../db/faults.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { AppError, conflict } from '../http/errors.ts'
import { type Idempotency, keyHeader } from './request-key.ts'

/**
 * Creates something, or answers as the first request with this Idempotency-Key was answered. The answer
 * is remembered in the transaction of the create, so there is none without the other; whatever fails is
 * forgotten with its transaction. `secrets` are the fields that are shown once: they are not remembered.
 *
 * To be called when the caller's authority has been checked, and before anything that the create itself
 * makes true, such as that the name is taken.
 */
export async function once<Answer extends object, Secret extends keyof Answer & string = never>(
  tx: Transaction,
  request: FastifyRequest,
  create: () => Promise<Answer>,
  ...secrets: Secret[]
): Promise<Omit<Answer, Secret> & Partial<Pick<Answer, Secret>>> {
  const { idempotency } = request
  if (!idempotency) return create()
  const remembered = await reserve(tx, idempotency)
  if (remembered !== null) {
    idempotency.isReplay = true
    return remembered as Answer
  }
  const answer = await create()
  const isShownOnce = (field: string) => (secrets as string[]).includes(field)
  const shown = Object.entries(idempotency.onWire(answer))
  const response = Object.fromEntries(
    shown.filter(([field, value]) => value === null || !isShownOnce(field)),
  ) as Prisma.InputJsonObject
  const { user_id, key } = idempotency
  await tx.idempotencyKey.update({
    where: { user_id_key: { user_id, key } },
    data: { status: 201, response },
  })
  return answer
}

/**
 * Null: the key is new, or older than a day, and now ours. Whoever comes with the same one waits at the
 * unique index until this transaction has ended, on whatever process.
 */
async function reserve(
  tx: Transaction,
  { user_id, key, request_hash }: Idempotency,
): Promise<unknown> {
  const reserved = await tx.$executeRaw`
    INSERT INTO idempotency_keys (user_id, key, request_hash)
    VALUES (${user_id}::uuid, ${key}, ${request_hash})
    ON CONFLICT (user_id, key) DO UPDATE
      SET request_hash = excluded.request_hash, created_at = excluded.created_at,
        status = NULL, response = NULL
      WHERE idempotency_keys.created_at <= now() - interval '24 hours'`.catch(stillRunning)
  if (reserved === 1) return null
  const known = await tx.idempotencyKey.findUniqueOrThrow({
    where: { user_id_key: { user_id, key } },
  })
  if (request_hash.equals(known.request_hash)) return known.response
  throw conflict(`This ${keyHeader} was sent before, with another request`, keyHeader)
}

function stillRunning(error: unknown): never {
  if (!isLockTimeout(error)) throw error
  throw new AppError('conflict', `The request with this ${keyHeader} is still being answered`, {
    headers: { 'retry-after': '1' },
  })
}
