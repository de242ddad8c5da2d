import { setTimeout as sleep } from 'node:timers/promises'
import type { Options } from './scenario.ts'
import type { Site } from './site.ts'

export type Application = { id: string; group: string }

/** An application of a new tenant, whose imports never wait to be confirmed. */
export async function makeApplications({ call }: Site, count: number): Promise<Application[]> {
  const slug = `jobs-${Date.now()}`
  const tenant = await call('POST', '/tenants', { slug, name: slug, type: 'test' })
  const made: Application[] = []
  for (let index = 0; index < count; index += 1) {
    const { id, file_groups } = await call('POST', '/applications', {
      tenant_id: tenant.id,
      name: `application ${index}`,
      change_threshold_percent: null,
      file_groups: [{ name: 'accounts', required: true }],
    })
    made.push({ id, group: file_groups[0].id })
  }
  return made
}

export type Upload = { id: string; tag: string; application: Application }

let uploads = 0

/** Uploads rows whose accounts all begin with a word that no other import's begin with. */
export async function upload(
  site: Site,
  application: Application,
  rows: number,
  index = 0,
): Promise<Upload> {
  uploads += 1
  const tag = `k${uploads}`
  const lines = Array.from({ length: rows }, (_, n) => `${tag}-${n},p${n}@example.com,read\n`)
  const form = new FormData()
  form.append('application_id', application.id)
  const file = new Blob([`account,email,privilege\n${lines.join('')}`])
  form.append(application.group, file, `${tag}.csv`)
  const { id } = await site.call('POST', '/application-imports/upload', form, index)
  return { id, tag, application }
}

const endedStatuses = ['finished', 'failed', 'canceled', 'paused']

/** The status in which an import ends, or the one in which it is after too long. */
export async function endOf({ sql }: Options, { id }: Upload, withinMs = 90_000): Promise<string> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const [row] = await sql<{ status: string }>(
      'SELECT status::text FROM application_imports WHERE id = $1',
      [id],
    )
    const status = row?.status ?? 'unknown'
    if (endedStatuses.includes(status) || Date.now() > deadline) return status
    await sleep(50)
  }
}

/**
 * Looks at the accounts of applications again and again: at each moment they are all of one import. Answers how to
 * stop, and then how often they were not.
 */
export function watchAccounts(
  { sql }: Options,
  applications: readonly Application[],
  rows: number,
) {
  let [looks, mixed, isOver] = [0, 0, false]
  const watching = (async () => {
    while (!isOver) {
      const seen = await sql<{ tags: number; accounts: number }>(
        `SELECT count(DISTINCT split_part(account, '-', 1))::int AS tags, count(*)::int AS accounts
         FROM application_accounts WHERE application_id = ANY($1) GROUP BY application_id`,
        [applications.map(({ id }) => id)],
      )
      looks += 1
      mixed += seen.filter(({ tags, accounts }) => tags !== 1 || accounts !== rows).length
      await sleep(50)
    }
  })()
  return async () => {
    isOver = true
    await watching
    return { looks, mixed }
  }
}

/** What is not as it must be when all have ended: each import once, with its events, and nothing left of it. */
export async function faultsOf({ sql }: Options, made: readonly Upload[], rows: number) {
  const ids = made.map(({ id }) => id)
  const told = await sql<{ id: string; actions: string; metrics: { rows: number } }>(
    `SELECT i.id, i.metrics, (SELECT string_agg(split_part(action, '.', 2), ' ' ORDER BY e.at, e.id)
       FROM audit_events e WHERE e.target_id = i.id::text) AS actions
     FROM application_imports i WHERE id = ANY($1)`,
    [ids],
  )
  const [left] = await sql<{ count: number }>(
    `SELECT ((SELECT count(*) FROM import_rows WHERE import_id = ANY($1)) + (SELECT count(*)
       FROM import_file_chunks c JOIN import_files f ON f.id = c.file_id WHERE f.import_id = ANY($1)))::int
     AS count`,
    [ids],
  )
  const [jobs] = await sql<{ count: number }>(
    `SELECT count(*)::int FROM pgboss.job WHERE name = 'run_import' AND state NOT IN ('completed')`,
  )
  return {
    wrongEvents: told
      .filter(({ actions }) => actions !== 'created started finished')
      .map(({ actions }) => actions),
    wrongRows: told.filter(({ metrics }) => metrics?.rows !== rows).length,
    left: left?.count ?? 0,
    jobs: jobs?.count ?? 0,
  }
}

/** Of which imports an application's accounts are: the last that ended, and no other. */
export async function wrongAccounts({ sql }: Options, made: readonly Upload[], rows: number) {
  const last = new Map(made.map((one) => [one.application.id, one.tag]))
  let wrong = 0
  for (const [id, tag] of last) {
    const [row] = await sql<{ own: number; all: number }>(
      `SELECT count(*) FILTER (WHERE starts_with(account, $2))::int AS own, count(*)::int AS all
       FROM application_accounts WHERE application_id = $1`,
      [id, `${tag}-`],
    )
    if (row?.own !== rows || row.all !== rows) wrong += 1
  }
  return wrong
}
