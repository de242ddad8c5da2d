import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { age, environment, setPolicy } from '../modules/second-factors/enrolled.ts'
import { signIn } from '../modules/sign-in/people.ts'
import { type DocumentedOperation, readApiDocument } from '../support/api-document.ts'
import { startServer } from '../support/server.ts'

// Started here and not in beforeAll: tests are made from the document.
const server = await startServer(environment)
const { operations } = await readApiDocument(server.call)

afterAll(() => server.close())

/** For strangers, too: nobody is kept from these for want of a right. */
const isOpen = ({ operation: { security = [] } }: DocumentedOperation) =>
  security.length === 0 || security.some((way) => Object.keys(way).length === 0)
const namesOf = (some: DocumentedOperation[]) => some.map(({ name }) => name).sort()
const thatCan = (code: string) =>
  operations.filter(({ operation }) => operation['x-refusals']?.includes(code))
/** For who must enrol a second factor and has none: to see who they are, enrol, or show who they are. */
const whileEnrolling = [
  'GET /me',
  'GET /me/second-factors',
  'POST /me/passkeys',
  'POST /me/passkeys/options',
  'POST /auth/step-up',
  'POST /auth/step-up/options',
  'POST /auth/step-up/sso',
  'POST /me/totp',
  'POST /me/totp/confirm',
]

/** Called with the id of a tenant wherever one is asked for, and without a body. */
function send({ method, path }: DocumentedOperation, as: string, id: string) {
  return server.call(method, `/${path.replaceAll(/\{[^}]+\}/g, id)}`, { as })
}

describe('The OpenAPI document', () => {
  it('has 403 for all but what is open to strangers, and who one is', () => {
    const without = operations.filter(({ operation }) => !('403' in operation.responses))
    const open = operations.filter(isOpen)
    // From another site neither cookie nor token is taken.
    const guardedByThemselves = ['POST /auth/refresh', 'POST /auth/logout']

    expect(namesOf(without)).toEqual(
      ['GET /me', ...namesOf(open)].filter((name) => !guardedByThemselves.includes(name)).sort(),
    )
  })

  it('names the codes of each 403 in its description, and shows one of them', () => {
    for (const { name, operation } of operations) {
      const codes = operation['x-refusals'] ?? []
      const { description = '', content } = operation.responses['403'] ?? {}
      const named = [...description.matchAll(/`(\w+)`/g)].map(([, code]) => code)
      expect({ name, named }).toEqual({ name, named: codes })
      if (codes.length === 0) continue
      const example = content?.['application/json']?.example as { error: string }
      expect({ name, codes }).toEqual({ name, codes: expect.arrayContaining([example.error]) })
    }
  })

  it('has a fresh sign-in asked for where it is declared, and where only the operation knows', () => {
    const declared = operations.filter(({ operation }) => operation['x-step-up'])

    expect(declared.length).toBeGreaterThan(20)
    expect(namesOf(thatCan('reauthentication_required'))).toEqual(
      [...namesOf(declared), 'POST /auth/step-up', 'POST /users/{id}/invitation'].sort(),
    )
  })
})

describe('Who must enrol a second factor first', () => {
  let as: string
  let tenant_id: string
  beforeAll(async () => {
    const person = await signIn(server)
    as = person.as
    tenant_id = (await server.given.tenant()).id
    await setPolicy(server, 'required')
  })
  afterAll(() => setPolicy(server, 'optional'))
  const guarded = operations.filter((one) => !isOpen(one))

  it('is told so by everything that needs a credential but a few, as the document has it', () => {
    const expected = namesOf(guarded).filter((name) => !whileEnrolling.includes(name))

    expect(namesOf(thatCan('second_factor_required'))).toEqual(expected)
  })

  it.each(guarded)('is answered by $name as its 403 says', async (one) => {
    const { status, body } = await send(one, as, tenant_id)

    const isTold = status === 403 && body.error === 'second_factor_required'
    const isListed = one.operation['x-refusals']?.includes('second_factor_required')
    expect(isTold).toBe(isListed)
  })
})

describe('Who signed in a while ago', () => {
  let as: string
  let tenant_id: string
  beforeAll(async () => {
    const admin = await server.given.admin()
    as = admin.as
    tenant_id = (await server.given.tenant()).id
    const [session] = await server.database.sql('SELECT id FROM sessions WHERE user_id = $1', [
      admin.id,
    ])
    await age(server, session?.['id'] as string, 16)
  })

  it.each(operations.filter(({ operation }) => operation['x-step-up']))(
    'is asked by $name to show who they are, and nothing is written',
    async (one) => {
      const before = await server.traces()

      const { status, body } = await send(one, as, tenant_id)

      expect([status, body.error]).toEqual([403, 'reauthentication_required'])
      expect(await server.traces()).toEqual(before)
    },
  )
})
