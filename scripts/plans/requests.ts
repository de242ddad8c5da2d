import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Caller } from './callers.ts'

type Parameter = {
  name: string
  in: string
  schema: { enum?: string[]; const?: string; type?: string }
}
type Described = { operationId: string; parameters?: Parameter[] }

/** A list, and the queries that it is asked with. */
export type List = { operationId: string; path: string; queries: string[] }

/** What is in the seed. A search that many match, one that few do, one that nothing does, and one too short for trigrams. */
const searches = ['kalo', 'kalomine', 'zzzzz', 'xa']
const pages = ['page=2', 'limit=100', 'page=1000', 'page=20000', 'page=1000000']

/** Values for the filters whose schema names none; a function where it depends on who asks. */
const values: Record<string, readonly string[]> = {
  search: searches,
  is_service_account: ['true', 'false'],
  is_orphaned: ['true', 'false'],
  is_archived: ['true', 'false'],
  is_matched: ['true', 'false'],
  tenant_id: ['{tenant}'],
  application_id: ['{application}'],
  role_id: ['{role}', '{rare_role}'],
  actor_id: ['{actor}'],
  action: ['token.created', 'settings.updated', 'nothing.happened'],
  target_id: ['{target}'],
  correlation_id: ['{correlation}', '0'.repeat(32)],
  from: ['2026-10-01T00:00:00Z'],
  to: ['2025-01-01T00:00:00Z'],
  cursor: ['{cursor}'],
  identity_id: ['{identity}'],
  page: [],
  limit: [],
}

/** Every list of the contract, with each of its sorts, filters and searches, and pages near and far. */
export function listsOf(): List[] {
  const file = join(import.meta.dirname, '../../openapi/openapi.json')
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, { get?: Described }>
  }
  return Object.entries(paths).flatMap(([path, { get }]) =>
    get?.operationId.startsWith('list') ? [listOf(path, get)] : [],
  )
}

function listOf(path: string, { operationId, parameters = [] }: Described): List {
  const asked = parameters.filter((one) => one.in === 'query')
  const filters = asked.flatMap(({ name, schema }) => {
    const given =
      values[name] ?? schema.enum ?? (schema.const === undefined ? null : [schema.const])
    if (given === null) throw new Error(`${operationId}: no value for ${name}; add one to values`)
    return given.map((value) => `${name}=${value}`)
  })
  const paged = asked.some(({ name }) => name === 'page') ? pages : ['limit=100']
  return { operationId, path: path.replace('/api/v1', ''), queries: ['', ...filters, ...paged] }
}

/** With what this caller knows in the place of the names in braces. */
export function filled(text: string, caller: Caller, known: Record<string, string>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'tenant') return caller.tenant_id
    if (name === 'application') return caller.application_id
    return encodeURIComponent(known[name] ?? '')
  })
}

/** The path: of a tenant, an application, or somebody, that the caller reaches. */
export function pathFor({ path }: List, caller: Caller): string {
  if (path.startsWith('/tenants')) return path.replace('{id}', caller.tenant_id)
  const isOfApplication = path.startsWith('/applications')
  return path.replace('{id}', isOfApplication ? caller.application_id : caller.someone_id)
}
