import { randomUUID } from 'node:crypto'
import type { Stage } from '../freshness/stage.ts'

/** A person who reads and renames one tenant, makes tokens and ends them; and a token of theirs that stays. */
export type Writer = {
  email: string
  password: string
  user_id: string
  tenant_id: string
  session: string
  token: string
}

export async function makeWriters(stage: Stage, count: number): Promise<Writer[]> {
  const { call } = stage
  const permissions = ['tenants.read', 'tenants.update']
  const role = await call('POST', '/roles', { name: 'writer', permissions })
  const writers: Writer[] = []
  for (let at = 0; at < count; at += 1) {
    const name = randomUUID()
    const person = { email: `${name}@faults.test`, password: randomUUID() }
    const tenant = await call('POST', '/tenants', { slug: name, name: 'v0', type: 'test' })
    const tenant_id: string = tenant.body.id
    const user = await call('POST', '/users', { ...person, name, tenants: [tenant_id] })
    const user_id: string = user.body.id
    await call('POST', `/users/${user_id}/grants`, { role_id: role.body.id, tenant_id })
    const session = await stage.signIn(person)
    const token = (await call('POST', '/me/tokens', { name: 'stays' }, session)).body.token
    writers.push({ ...person, user_id, tenant_id, session, token })
  }
  return writers
}
