import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { sealing } from '../../../src/access/sealing.ts'
import { readConfig } from '../../../src/config.ts'
import { openDatabase } from '../../../src/db/database.ts'
import { guardedPost } from '../../../src/fetching/post-guarded.ts'
import { sourceRulesOf } from '../../../src/fetching/source-rules.ts'
import { openJobs } from '../../../src/jobs/jobs.ts'
import { deliver } from '../../../src/modules/webhooks/run/deliver.ts'
import { findDue } from '../../../src/modules/webhooks/run/find-due.ts'
import type { TestDatabase } from '../../support/database.ts'
import type { TestServer } from '../../support/server.ts'

/** A deployment whose webhooks may reach this machine. */
export const reachingUs = { ALLOW_HTTP_SOURCES: 'on', SOURCE_ALLOWED_NETWORKS: '127.0.0.1' }

type Delivering = {
  settings?: Record<string, string>
  timeoutMs?: number
  environmentSecret?: string
}

/** A process that delivers what it is told to, when it is told to. */
export async function deliverer({ url, sql }: TestDatabase) {
  const onError = () => undefined
  const { prisma, close } = openDatabase({ url, poolSize: 6, onError, isForWork: true })
  const jobs = openJobs({ url, onError })
  const [key] = await sql<{ secret: Buffer }>('SELECT secret FROM signing_keys')
  const databaseSecret = key?.secret ?? Buffer.alloc(0)
  return {
    prisma,
    deliver(
      id: string,
      { settings = reachingUs, timeoutMs, environmentSecret = '' }: Delivering = {},
    ) {
      const rules = sourceRulesOf(readConfig(settings))
      const postGuarded = guardedPost(rules, timeoutMs === undefined ? {} : { timeoutMs })
      const sealed = sealing(databaseSecret, environmentSecret, randomBytes)
      return deliver({ prisma, jobs, postGuarded, sealing: sealed }, id)
    },
    findDue: () => findDue({ prisma, jobs }),
    async close() {
      await jobs.close()
      await close()
    },
  }
}

/** Changes of a tenant, as anybody's operation would write them down. */
export async function happen(
  { sql }: TestDatabase,
  tenant_id: string,
  count = 1,
  action = 'token.created',
) {
  await sql(
    `INSERT INTO audit_events (id, actor_name, action, target_type, target_id, tenant_ids, correlation_id)
     SELECT gen_random_uuid(), 'Ada', $3, 'token', $4, ARRAY[$1]::uuid[], repeat('a', 32)
     FROM generate_series(1, $2)`,
    [tenant_id, count, action, uuidv7()],
  )
}

export const rowOf = async (
  { sql }: TestDatabase,
  table: 'webhooks' | 'webhook_deliveries',
  id: string,
) => (await sql(`SELECT * FROM ${table} WHERE id = $1`, [id]))[0] ?? {}

/** Somebody who may tell others of a tenant's changes. */
export async function tenantAdmin({ given, call }: TestServer, url: string) {
  const tenant = await given.tenant()
  const person = await given.person({
    tenants: [tenant.id],
    grants: [
      { permissions: ['tenants.update', 'tenants.read', 'audit.read'], tenant_id: tenant.id },
    ],
  })
  const post = (path: string, body?: unknown) => call('POST', path, { as: person.as, body })
  const wanted = { tenant_id: tenant.id, url: `${url}/${tenant.id}`, event_types: ['token.*'] }
  const create = (more: object = {}) => post('/webhooks', { ...wanted, ...more })
  return { tenant, person, wanted, create, post }
}
