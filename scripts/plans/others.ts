import type pg from 'pg'
import { feedPruner } from '../../src/freshness/prune.ts'
import { forgetOldAnswers } from '../../src/idempotency/prune.ts'
import { type Caller, makeCaller } from './callers.ts'
import { explainLog } from './log.ts'
import { type Call, type Measured, type measuring, statementOf } from './measure.ts'

/**
 * What looks at much and is no list: reads of authority, the making and ending of tokens and people, and what
 * a change would take. Those that really change something change what this run has made.
 */
export async function measureOthers(
  measure: ReturnType<typeof measuring>,
  client: pg.Client,
  administrator: Caller,
  { role, small_tenant }: { role: string; small_tenant: string },
): Promise<Measured[]> {
  const { tenant_id: big, someone_id: someone } = administrator
  const leaver = await makeCaller(client, { name: 'leaver', entries: [big], role: 'read-only' })
  const script = await makeCaller(client, {
    name: 'script',
    entries: ['any'],
    role: 'admin',
    token: true,
  })
  const token = { name: 'measured', permissions: ['tenants.read'], tenants: [small_tenant, big] }
  const fewer = { version: 1, permissions: ['users.read'] }
  const calls: [string, string, Caller, Call][] = [
    ['getMe', 'a session not seen before', leaver, { method: 'GET', path: '/me' }],
    ['getMe', 'a token not seen before', script, { method: 'GET', path: '/me' }],
    [
      'createOwnToken',
      '',
      leaver,
      {
        method: 'POST',
        path: '/me/tokens',
        body: { ...token, tenants: [big], permissions: ['tenants.read'] },
      },
    ],
    [
      'deactivateUser',
      '',
      administrator,
      { method: 'POST', path: `/users/${leaver.user_id}/deactivate` },
    ],
    [
      'deleteUser',
      'dry_run',
      administrator,
      { method: 'DELETE', path: `/users/${someone}?dry_run=true` },
    ],
    ['deleteUser', '', administrator, { method: 'DELETE', path: `/users/${leaver.user_id}` }],
    [
      'unassignTenant',
      'dry_run',
      administrator,
      { method: 'DELETE', path: `/users/${someone}/tenants/${big}?dry_run=true` },
    ],
    [
      'suspendTenant',
      'dry_run, a small one',
      administrator,
      { method: 'POST', path: `/tenants/${small_tenant}/suspend?dry_run=true` },
    ],
    [
      'suspendTenant',
      'dry_run, the big one',
      administrator,
      { method: 'POST', path: `/tenants/${big}/suspend?dry_run=true` },
    ],
    [
      'updateRole',
      'dry_run, held by one in fifty',
      administrator,
      { method: 'PATCH', path: `/roles/${role}?dry_run=true`, body: fewer },
    ],
    [
      'updateSettings',
      'dry_run',
      administrator,
      { method: 'PATCH', path: '/settings?dry_run=true', body: { max_token_lifetime_days: 90 } },
    ],
  ]
  const all: Measured[] = []
  for (const [operationId, query, caller, call] of calls) {
    all.push(await measure({ operationId, query }, caller, call))
  }
  return all
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
