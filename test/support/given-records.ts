import { v7 as uuidv7 } from 'uuid'
import type { TestDatabase } from './database.ts'

type IdentityOptions = {
  first_name?: string
  last_name?: string
  email?: string | null
  status?: 'active' | 'disabled' | 'removed'
  supervisor_id?: string
}
type ApplicationOptions = {
  name?: string
  priority?: string
  is_archived?: boolean
  import_schedule?: { cron: string; source_url: string } | null
  change_threshold_percent?: number | null
  file_groups?: { name: string; required: boolean }[]
  accounts?: [account: string, email: string | null, privileges: string[]][]
}

/** What automation feeds a tenant with: its people, and its applications with their accounts. */
export function recordsOf(sql: TestDatabase['sql']) {
  /** Somebody on a tenant's books. */
  async function identity(tenant_id: string, options: IdentityOptions = {}): Promise<string> {
    const id = uuidv7()
    const { first_name = 'Ada', last_name = 'Lovelace', email = null, status = 'active' } = options
    await sql(
      `INSERT INTO identities (id, tenant_id, first_name, last_name, email, status, supervisor_id, inactivated_at)
       VALUES ($1, $2, $3, $4, $5, $6::identity_status, $7, CASE WHEN $6::text <> 'active' THEN now() END)`,
      [id, tenant_id, first_name, last_name, email, status, options.supervisor_id ?? null],
    )
    return id
  }

  /** A transition of somebody on the books to a role, reported by a session that never was. */
  async function personnelEvent(tenant_id: string, reporter_id: string, add_role_ids: string[]) {
    const id = uuidv7()
    await sql(
      `INSERT INTO personnel_events (id, tenant_id, type, identity_id, plan, effective_date, reporter_id,
         reporter_name, reporter_credential_kind, reporter_credential_id)
       VALUES ($1, $2, 'role_transition', $3, $4, '2999-01-01', $5, 'HRIS', 'session', $1)`,
      [id, tenant_id, await identity(tenant_id), { add_role_ids }, reporter_id],
    )
    for (const [position, name] of ['approve', 'transition', 'verify'].entries()) {
      await sql(
        'INSERT INTO personnel_event_stages (event_id, position, name) VALUES ($1, $2, $3)',
        [id, position, name],
      )
    }
    return id
  }

  /** An application, with one required file group unless others are named; its accounts as `[account, email, privileges]`. */
  async function application(tenant_id: string, options: ApplicationOptions = {}) {
    const id = uuidv7()
    const { name = `application-${id}`, priority = 'none', is_archived = false } = options
    const { import_schedule = null, change_threshold_percent = 50 } = options
    await sql(
      `INSERT INTO applications
         (id, tenant_id, name, priority, is_archived, import_schedule, change_threshold_percent)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, tenant_id, name, priority, is_archived, import_schedule, change_threshold_percent],
    )
    const groups = options.file_groups ?? [{ name: 'accounts', required: true }]
    const file_groups = groups.map((group) => ({ id: uuidv7(), ...group }))
    for (const [position, group] of file_groups.entries()) {
      await sql(
        'INSERT INTO file_groups (id, application_id, name, required, position) VALUES ($1, $2, $3, $4, $5)',
        [group.id, id, group.name, group.required, position],
      )
    }
    for (const [account, email, privileges] of options.accounts ?? []) {
      await sql(
        'INSERT INTO application_accounts (application_id, account, email, privileges) VALUES ($1, $2, $3, $4)',
        [id, account, email, privileges],
      )
    }
    return { id, tenant_id, name, file_groups }
  }

  /** An import that nobody works on: no job is sent for it. */
  async function applicationImport(application_id: string, status = 'pending') {
    const id = uuidv7()
    await sql(
      `INSERT INTO application_imports (id, application_id, type, status, created_by, build_start, build_end, is_confirmed)
       VALUES ($1, $2, 'manual', $3::application_import_status, 'Ada Lovelace',
         CASE WHEN $3::text <> 'pending' THEN now() END,
         CASE WHEN $3::text IN ('finished', 'failed', 'canceled') THEN now() END, false)`,
      [id, application_id, status],
    )
    return id
  }

  return { identity, personnelEvent, application, applicationImport }
}
