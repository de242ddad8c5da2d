import type pg from 'pg'
import { feedPruner } from '../../src/freshness/prune.ts'
import { forgetOldAnswers } from '../../src/idempotency/prune.ts'
import { type Caller, makeCaller } from './callers.ts'
import { explainLog } from './log.ts'
import { type Call, type Measured, type measuring, statementOf } from './measure.ts'

type Asked = { operationId: string; query: string; caller: Caller; call: Call }
type Known = { role: string; small_tenant: string }

/**
 * What looks at much and is no list: reads of authority, the making and ending of tokens and people, and what
 * a change would take. Those that really change something change what this run has made.
 */
export async function measureOthers(
  measure: ReturnType<typeof measuring>,
  client: pg.Client,
  administrator: Caller,
  known: Known,
): Promise<Measured[]> {
  const entries = [administrator.tenant_id]
  const leaver = await makeCaller(client, { name: 'leaver', entries, role: 'read-only' })
  const script = await makeCaller(client, {
    name: 'script',
    entries: ['any'],
    role: 'admin',
    token: true,
  })
  const all: Measured[] = []
  for (const { operationId, query, caller, call } of [
    ...changes(administrator, leaver, script),
    ...impacts(administrator, known),
  ]) {
    all.push(await measure({ operationId, query }, caller, call))
  }
  return all
}

function changes(administrator: Caller, leaver: Caller, script: Caller): Asked[] {
  const me = { method: 'GET', path: '/me' }
  const path = `/users/${leaver.user_id}`
  const body = { name: 'measured', permissions: ['tenants.read'], tenants: [leaver.tenant_id] }
  const by = (caller: Caller, operationId: string, query: string, call: Call): Asked => ({
    operationId,
    query,
    caller,
    call,
  })
  return [
    by(leaver, 'getMe', 'a session not seen before', me),
    by(script, 'getMe', 'a token not seen before', me),
    by(leaver, 'createOwnToken', '', { method: 'POST', path: '/me/tokens', body }),
    by(administrator, 'deactivateUser', '', { method: 'POST', path: `${path}/deactivate` }),
    by(administrator, 'deleteUser', '', { method: 'DELETE', path }),
  ]
}

function impacts(caller: Caller, { role, small_tenant }: Known): Asked[] {
  const { tenant_id: big, someone_id: someone } = caller
  const dry = (
    operationId: string,
    what: string,
    method: string,
    path: string,
    body?: unknown,
  ): Asked => ({
    operationId,
    query: `dry_run${what}`,
    caller,
    call: { method, path: `${path}?dry_run=true`, body },
  })
  const fewer = { version: 1, permissions: ['users.read'] }
  const shorter = { max_token_lifetime_days: 90 }
  return [
    dry('deleteUser', '', 'DELETE', `/users/${someone}`),
    dry('unassignTenant', '', 'DELETE', `/users/${someone}/tenants/${big}`),
    dry('suspendTenant', ', a small one', 'POST', `/tenants/${small_tenant}/suspend`),
    dry('suspendTenant', ', the big one', 'POST', `/tenants/${big}/suspend`),
    dry('updateRole', ', held by one in fifty', 'PATCH', `/roles/${role}`, fewer),
    dry('updateSettings', '', 'PATCH', '/settings', shorter),
  ]
}

/** What each process does from time to time, on a connection whose statements are explained. */
export async function measureUpkeep(pool: pg.Pool, logFile: string): Promise<Measured[]> {
  const read = explainLog(logFile)
  const tasks: [string, () => Promise<void>][] = [
    ['prune the feed', feedPruner(pool)],
    ['forget idempotency keys', () => forgetOldAnswers(pool)],
  ]
  const all: Measured[] = []
  for (const [operationId, run] of tasks) {
    read()
    const start = performance.now()
    await run()
    const ms = performance.now() - start
    const nobody = { query: '', caller: 'the process', status: 200, shown: null, total: null }
    all.push({ operationId, ...nobody, ms, statements: read().map(statementOf) })
  }
  return all
}
