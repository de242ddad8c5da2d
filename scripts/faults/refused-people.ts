import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { administrator } from './site.ts'

export type Refused = { email: string; password: string }

const { password } = administrator
const wrong = 'b'.repeat(password.length)

/** A person as `state` has them, who signs in with the right password where the row has one. */
type State = {
  status?: 'active' | 'invited' | 'deactivated'
  isDeleted?: boolean
  hasPassword?: boolean
  types?: string
}

const states: Record<string, State> = {
  'wrong password': { types: wrong },
  'wrong password, with a second factor': { types: wrong },
  'wrong password of 73 bytes': { types: 'b'.repeat(73) },
  'wrong password of 1000 characters': { types: 'b'.repeat(1000) },
  'by a provider alone': { hasPassword: false },
  invited: { status: 'invited', hasPassword: false },
  'invited, right password': { status: 'invited' },
  'deactivated, right password': { status: 'deactivated' },
  'deleted, right password': { isDeleted: true, status: 'deactivated' },
}

/** Each way not to be let in. All addresses are as long as one another: what is sent is no difference. */
export async function refusedPeople(databaseUrl: string): Promise<Map<string, Refused>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const refused = new Map([['nobody', { email: addressOf(uuidv7()), password: wrong }]])
  try {
    for (const [name, state] of Object.entries(states)) {
      const id = await insert(client, state)
      if (name.includes('second factor')) await addSecondFactor(client, id)
      if (name.includes('provider')) await addIdentity(client, id)
      refused.set(name, { email: addressOf(id), password: state.types ?? password })
    }
  } finally {
    await client.end()
  }
  return refused
}

const addressOf = (id: string) => `${id}@faults.test`

async function insert(client: pg.Client, state: State): Promise<string> {
  const { status = 'active', isDeleted = false, hasPassword = true } = state
  const id = uuidv7()
  await client.query(
    `INSERT INTO users (id, email, name, status, deleted_at, password_hash)
     SELECT $1, $2, 'Ada', $3, CASE WHEN $4 THEN now() END,
       CASE WHEN $5 THEN (SELECT password_hash FROM users WHERE email = $6) END`,
    [id, addressOf(id), status, isDeleted, hasPassword, administrator.email],
  )
  return id
}

/** Its secret can't be read, and needn't: nobody gets so far. */
const addSecondFactor = (client: pg.Client, user_id: string) =>
  client.query(
    `INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, '\\x00', now())`,
    [user_id],
  )

async function addIdentity(client: pg.Client, user_id: string): Promise<void> {
  const provider_id = uuidv7()
  const issuer = 'https://issuer.faults.test'
  await client.query(
    `INSERT INTO identity_providers (id, name, issuer, client_id, allowed_domains, jit_tenants)
     VALUES ($1, 'provider', $2, 'postern', '{}', '{}')`,
    [provider_id, issuer],
  )
  await client.query(
    `INSERT INTO external_identities (id, user_id, identity_provider_id, issuer, subject)
     VALUES ($1, $2, $3, $4, 'ada')`,
    [uuidv7(), user_id, provider_id, issuer],
  )
}
