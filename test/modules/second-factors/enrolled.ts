import { authenticator } from '../../support/authenticator.ts'
import type { TestServer } from '../../support/server.ts'
import { fromBase32, totp } from '../../support/totp-app.ts'
import { password, signIn } from '../sign-in/people.ts'

export const origin = 'http://localhost:3000'
export const environment = { PUBLIC_URL: origin }

/** What an app shows: the code of now, or of so many steps of 30 s later. */
export const codeOf = (secret: string, steps = 0): string =>
  totp(fromBase32(secret), Date.now() / 1000 + steps * 30)

/** Never the right one, whenever it is typed. */
export function wrongCode(secret: string): string {
  const right = [-3, -2, -1, 0, 1, 2, 3].map((steps) => codeOf(secret, steps))
  return ['000000', '111111', '222222', '333333', '444444', '555555', '666666', '777777'].find(
    (code) => !right.includes(code),
  ) as string
}

type Person = Awaited<ReturnType<typeof signIn>>

/** Someone whose sign-ins are asked for a code. */
export async function withTotp(server: TestServer, person?: Person) {
  const someone = person ?? (await signIn(server))
  return { ...someone, secret: await addTotp(server, someone) }
}

/** Gives somebody an app, and tells its secret. What codes were used is forgotten, so that the one of now is good. */
export async function addTotp(server: TestServer, { as, id }: Pick<Person, 'as' | 'id'>) {
  const { body } = await server.call('POST', '/me/totp', { as })
  const secret: string = body.secret
  const confirmed = await server.call('POST', '/me/totp/confirm', {
    as,
    body: { code: codeOf(secret) },
  })
  if (confirmed.status !== 204) throw new Error(`Not confirmed: ${confirmed.text}`)
  await forgetSteps(server, id)
  return secret
}

export const forgetSteps = ({ database }: TestServer, id: string) =>
  database.sql('UPDATE totp_factors SET last_step = NULL WHERE user_id = $1', [id])

/** Someone who has a passkey, and what it is on. */
export async function withPasskey(server: TestServer, person?: Person) {
  const someone = person ?? (await signIn(server))
  const device = authenticator(origin)
  const answer = await addPasskey(server, someone.as, device)
  if (answer.status !== 201) throw new Error(`No passkey: ${answer.text}`)
  return { ...someone, device, passkey_id: answer.body.id as string }
}

export async function addPasskey(
  { call }: TestServer,
  as: string,
  device: ReturnType<typeof authenticator>,
) {
  const options = await call('POST', '/me/passkeys/options', { as })
  const body = { name: 'Laptop', passkey: device.create(options.body) }
  return call('POST', '/me/passkeys', { as, body })
}

/** The first step of a sign-in. */
export async function begin({ call }: TestServer, email: string) {
  return call('POST', '/auth/login', { body: { email, password } })
}

export const finish = ({ call }: TestServer, challenge: string, proof: object) =>
  call('POST', '/auth/second-factor', { body: { challenge, ...proof } })

/** Lets this much time pass since the sign-in of a session. */
export const age = ({ database }: TestServer, sessionId: string, minutes: number) =>
  database.sql(
    `UPDATE sessions SET authenticated_at = now() - make_interval(mins => $2) WHERE id = $1`,
    [sessionId, minutes],
  )

export const setPolicy = ({ database }: TestServer, policy: string) =>
  database.sql(`UPDATE settings SET second_factor = $1::second_factor_policy`, [policy])

export { password, signIn }
