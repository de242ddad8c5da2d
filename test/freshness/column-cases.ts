import { v7 as uuidv7 } from 'uuid'
import type { Given } from '../support/given.ts'

/** A change of one row: which column, the rest of the statement, its values, and the keys that it touches. */
type Case = { column: string; set: string; where: string; values: unknown[]; keys: string[] }

const byId = (column: string, id: string, value: unknown, set = `${column} = $2`): Case => ({
  column,
  set,
  where: 'id = $1',
  values: [id, value],
  keys: [id],
})

const moved = (id: string): Case => {
  const to = uuidv7()
  return { ...byId('id', id, to), keys: [id, to] }
}

const later = new Date('2030-01-01')

/** For each watched table: a change of every column that is watched in it. */
export const casesOf: Record<string, (given: Given) => Promise<Case[]>> = {
  async tokens(given) {
    const owner = await given.person()
    const { id } = await given.token(owner.id)
    return [byId('revoked_at', id, later, 'revoked_at = $2, revoked_by = owner_id')]
  },
  async sessions(given) {
    const { session_id: id } = await given.person()
    const other = await given.person()
    const columns = ['expires_at', 'idle_expires_at', 'ended_at', 'created_at', 'authenticated_at']
    return [
      ...columns.map((column) => byId(column, id, later)),
      byId('auth_methods', id, ['password', 'totp']),
      byId('user_id', id, other.id),
      moved(id),
    ]
  },
  async tenant_blocks(given) {
    const owner = await given.person()
    const [first, second] = [await given.token(owner.id), await given.token(owner.id)]
    const [here, there] = [await given.tenant(), await given.tenant()]
    await given.sql(
      'INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, $3, $4)',
      [first.id, here.id, 'a try', owner.id],
    )
    const change = (column: string, value: string, keys: string[]): Case => ({
      ...byId(column, first.id, value),
      where: 'token_id = $1',
      keys,
    })
    return [
      change('tenant_id', there.id, [first.id]),
      change('token_id', second.id, [first.id, second.id]),
    ]
  },
  async users(given) {
    const { id } = await given.person()
    await given.sql('DELETE FROM sessions WHERE user_id = $1', [id])
    return [
      byId('name', id, 'Somebody Else'),
      byId('password_hash', id, 'another'),
      byId('email', id, `${id}@example.org`),
      byId('status', id, 'deactivated'),
      byId('token_limit', id, 7),
      byId('token_limit_until', id, later),
      byId('credentials_valid_from', id, later),
      byId('deleted_at', id, later),
      byId('is_service_account', id, null, 'is_service_account = true, email = $2'),
      moved(id),
    ]
  },
  /** Of everybody: no keys. */
  async settings() {
    const change = (column: string, value: unknown): Case => {
      return { column, set: `${column} = $1`, where: 'id = 1', values: [value], keys: [] }
    }
    return [
      change('credentials_valid_from', '2020-01-01'),
      change('second_factor', 'off'),
      change('step_up_minutes', 20),
    ]
  },
  async totp_factors(given) {
    const [one, other] = [await given.person(), await given.person()]
    await given.sql('INSERT INTO totp_factors (user_id) VALUES ($1)', [one.id])
    const where = 'user_id = $1'
    return [
      { ...byId('confirmed_at', one.id, later, `confirmed_at = $2, secret = ''`), where },
      { ...byId('user_id', one.id, other.id), where, keys: [one.id, other.id] },
    ]
  },
  async passkeys(given) {
    const [one, other] = [await given.person(), await given.person()]
    const id = await given.passkey(one.id)
    return [{ ...byId('user_id', id, other.id), keys: [one.id, other.id] }]
  },
  async tenant_scopes(given) {
    const [one, other] = [await given.person({ tenants: ['any'] }), await given.person()]
    const { id: tenant } = await given.tenant()
    const change = (column: string, value: string, keys: string[], set?: string): Case => ({
      ...byId(column, one.id, value, set),
      where: 'user_id = $1',
      keys,
    })
    return [
      change('word', 'type:test', [one.id]),
      change('tenant_id', tenant, [one.id], 'tenant_id = $2, word = NULL'),
      change('user_id', other.id, [one.id, other.id]),
    ]
  },
  async grants(given) {
    const one = await given.person({ grants: [{ permissions: ['tenants.read'] }] })
    const other = await given.person()
    const { id: tenant } = await given.tenant()
    const change = (column: string, value: string, keys: string[]): Case => ({
      ...byId(column, one.id, value),
      where: 'user_id = $1',
      keys,
    })
    return [
      change('tenant_id', tenant, [one.id]),
      change('role_id', await given.role(['users.read']), [one.id]),
      change('user_id', other.id, [one.id, other.id]),
    ]
  },
  async roles(given) {
    const id = await given.role(['tenants.read'])
    return [byId('permissions', id, ['users.read']), moved(id)]
  },
  async tenants(given) {
    const { id } = await given.tenant('test')
    return [byId('type', id, 'production'), byId('status', id, 'suspended'), moved(id)]
  },
}
