import { expect } from 'vitest'
import type { TestServer } from '../../support/server.ts'

export const uuid7: string = expect.stringMatching(
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
) as never
export const instant: string = expect.stringMatching(
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
) as never

export const unknownId = '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'
export const systemPrincipal = '00000000-0000-7000-8000-000000000000'

/** Ids that name nothing: one that could exist and some that never could. */
export const idsOfNothing = [unknownId, 'x', '1', unknownId.toUpperCase(), '%00', `${unknownId}0`]

/** The answer to a call that must be refused and leave nothing behind. */
export async function refused(
  server: TestServer,
  ...[method, path, options]: Parameters<TestServer['call']>
) {
  const before = await server.traces()
  const answer = await server.call(method, path, options)
  expect(await server.traces()).toEqual(before)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  return answer
}

/** A body as two answers have it in common that must not be told apart. */
export function withoutId({ correlationId: _, ...body }: Record<string, unknown>) {
  return body
}

/** The fields that a refusal names. */
export function fieldsOf(body: { errors?: { field: string }[] }): string[] {
  return (body.errors ?? []).map(({ field }) => field)
}

/** Leaves these as the only active people, so that one of them may be the last administrator. */
export async function leaveActive({ database }: TestServer, ...ids: string[]): Promise<void> {
  await database.sql(
    `UPDATE users SET status = 'deactivated' WHERE NOT is_service_account AND id <> ALL($1)`,
    [ids],
  )
}
