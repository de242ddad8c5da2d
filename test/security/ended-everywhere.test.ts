import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAdmin } from '../admin/run-admin.ts'
import { startProcesses } from '../modules/tokens/processes.ts'
import type { Client } from '../support/client.ts'
import {
  alive,
  answersTo,
  type Credential,
  credentials,
  dead,
  everyCredentialOf,
  reusable,
  type Subject,
} from './every-credential.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
let admin: string
/** To whom nothing is done. */
let bystander: Subject
beforeAll(async () => {
  world = await startProcesses(2)
  admin = (await world.given.admin()).as
  bystander = await subject()
}, 60_000)
afterAll(() => world.close())

const calls = () => world.processes.map(({ call }) => call) as [Client, Client]
const cli = async (...args: string[]) =>
  (await runAdmin({ DATABASE_URL: world.database.url }, ...args)).code

/** Both processes have accepted what can be used more than once, and so know it. */
async function knownToBoth(subject: Subject): Promise<Subject> {
  expect(await answersTo(subject, calls(), reusable)).toEqual(expected([], reusable))
  return subject
}

const subject = async () => knownToBoth(await everyCredentialOf(world.given, calls()[0]))

let turn = 0

/** By an administrator, unless told; at the one process and at the other, in turns. */
async function ask(method: string, path: string, body?: object, as = admin): Promise<boolean> {
  turn += 1
  const { status } = await calls()[turn % 2 ? 0 : 1](method, path, { as, body })
  return status < 300
}

type Deed = [string, (of: Subject) => Promise<boolean>, readonly Credential[]]
const ofProvider = ['session of a provider', 'cookie of the provider’s'] as const
const sessions = ['access token', 'cookie of the session', ...ofProvider] as const
const halfWay = ['ticket to the second step', 'reset link'] as const

const deeds: Deed[] = [
  ['deactivated', ({ id }) => ask('POST', `/users/${id}/deactivate`), credentials],
  ['deleted', ({ id }) => ask('DELETE', `/users/${id}`), credentials],
  ['rid of all credentials', ({ id }) => ask('POST', `/users/${id}/end-credentials`), credentials],
  [
    'given an epoch by the CLI',
    async ({ email }) => (await cli('epoch', '--email', email)) === 0,
    credentials,
  ],
  ['signed out everywhere', ({ id }) => ask('DELETE', `/users/${id}/sessions`), sessions],
  [
    'signed out of one session',
    ({ id, session_id }) => ask('DELETE', `/users/${id}/sessions/${session_id}`),
    ['access token', 'cookie of the session'],
  ],
  [
    'signed out by themselves',
    ({ as, session_id }) => ask('DELETE', `/me/sessions/${session_id}`, undefined, as),
    ['access token', 'cookie of the session'],
  ],
  [
    'signed out elsewhere by themselves',
    ({ as }) => ask('DELETE', '/me/sessions', undefined, as),
    ofProvider,
  ],
  [
    'left without their provider (CVE-2023-22650, GHSA-c45c-39f6-6gw9)',
    ({ provider }) => ask('PATCH', `/identity-providers/${provider.id}`, { is_enabled: false }),
    ofProvider,
  ],
  [
    'left without their provider for good (CVE-2023-22650, GHSA-c45c-39f6-6gw9)',
    ({ provider }) => ask('DELETE', `/identity-providers/${provider.id}`),
    ofProvider,
  ],
  [
    'in possession of a new password (GHSA-xg6x-h9c9-2m83)',
    ({ as, password }) =>
      ask(
        'POST',
        '/me/password',
        { current_password: password, new_password: `${password}, anew` },
        as,
      ),
    [...ofProvider, ...halfWay],
  ],
  [
    'in possession of a password by a reset (GHSA-xg6x-h9c9-2m83)',
    async ({ use }) => (await use['reset link'](calls()[0], 0)) === 204,
    [...sessions, ...halfWay],
  ],
]

/** What both processes are to answer to a person of whose credentials these have ended. */
const expected = (ended: readonly Credential[], names: readonly Credential[] = credentials) =>
  Object.fromEntries(names.map((name) => [name, (ended.includes(name) ? dead : alive)[name]]))

describe('Of somebody who is', () => {
  it.each(deeds)(
    '%s, what should be dead is dead on two processes on the very next request, and nothing else',
    async (_, deed, ended) => {
      const person = await subject()
      expect(await deed(person)).toBe(true)
      expect(await answersTo(person, calls())).toEqual(expected(ended))
      expect(await answersTo(bystander, calls(), reusable)).toEqual(expected([], reusable))
    },
    60_000,
  )

  it('none of these, everything is alive after all that befell others', async () => {
    expect(await answersTo(bystander, calls())).toEqual(expected([]))
  })
})

describe('The link of an invitation', () => {
  async function invited() {
    const [call] = calls()
    const email = `invited-${Math.random()}@example.com`
    const body = { email, name: 'New', tenants: [] }
    const made = await call('POST', '/users', { as: admin, body })
    const token: string = made.body.invitation_url.split('token=')[1]
    return { id: made.body.id as string, email, token }
  }
  const accept = async (call: Client, token: string) =>
    (
      await call('POST', '/auth/accept-invitation', {
        body: { token, password: 'a password of some length' },
      })
    ).status

  it.each<[string, (of: { id: string; email: string }) => Promise<boolean>]>([
    ['deactivated', ({ id }) => ask('POST', `/users/${id}/deactivate`)],
    ['deleted', ({ id }) => ask('DELETE', `/users/${id}`)],
    ['rid of all credentials', ({ id }) => ask('POST', `/users/${id}/end-credentials`)],
    ['given an epoch', async ({ email }) => (await cli('epoch', '--email', email)) === 0],
    ['invited anew', ({ id }) => ask('POST', `/users/${id}/invitation`)],
  ])(
    'is dead on two processes when who has it is %s',
    async (_, deed) => {
      const [person, bystander] = [await invited(), await invited()]
      expect(await deed(person)).toBe(true)
      for (const call of calls()) expect(await accept(call, person.token)).toBe(400)
      expect(await accept(calls()[1], bystander.token)).toBe(204)
    },
    60_000,
  )

  it('is dead after the epoch of the platform, with every credential of everybody', async () => {
    const [person, next, newcomer] = [await subject(), await subject(), await invited()]
    expect(await cli('epoch')).toBe(0)
    for (const one of [person, next]) {
      expect(await answersTo(one, calls())).toEqual(expected(credentials))
    }
    for (const call of calls()) {
      expect((await call('GET', '/me', { as: admin })).status).toBe(401)
      expect(await accept(call, newcomer.token)).toBe(400)
    }
  }, 60_000)
})
