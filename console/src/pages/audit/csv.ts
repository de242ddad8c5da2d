import type { AuditEvent } from './event.ts'

const columns: [string, (event: AuditEvent) => string | null][] = [
  ['at', ({ at }) => at],
  ['action', ({ action }) => action],
  ['actor_id', ({ actor_id }) => actor_id],
  ['actor_name', ({ actor_name }) => actor_name],
  ['credential_kind', ({ credential_kind }) => credential_kind],
  ['credential_id', ({ credential_id }) => credential_id],
  ['credential_name', ({ credential_name }) => credential_name],
  ['target_type', ({ target_type }) => target_type],
  ['target_id', ({ target_id }) => target_id],
  ['target_name', ({ before, after }) => textOf(after?.['name'] ?? before?.['name'])],
  ['tenant_ids', ({ tenant_ids }) => tenant_ids.join(' ')],
  ['before', ({ before }) => before && JSON.stringify(before)],
  ['after', ({ after }) => after && JSON.stringify(after)],
  ['correlation_id', ({ correlation_id }) => correlation_id],
  ['ip', ({ ip }) => ip],
  ['id', ({ id }) => id],
]

/** RFC 4180, with a mark that it is UTF-8, without which Excel takes it for something else. */
export function csvOf(events: readonly AuditEvent[]): string {
  const head = columns.map(([name]) => cell(name))
  const rows = events.map((event) => columns.map(([, read]) => cell(read(event) ?? '')))
  return `\uFEFF${[head, ...rows].map((row) => `${row.join(',')}\r\n`).join('')}`
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/**
 * What a spreadsheet begins a formula with (OWASP, “CSV Injection”), in the wide letters of East Asia, too: at the
 * start of a cell, and behind whatever some spreadsheet ends a cell with, as Excel does with `;` in half of Europe.
 */
const formula = /(^|[;,\t\r\n])[\s"]*(?=[=+\-@＝＋－＠])|^(?=[\t\r\n])/g

/** People write names, and spreadsheets run what looks like a formula: an apostrophe makes it text. */
function cell(value: string): string {
  const inert = value.replace(formula, "$&'")
  return `"${inert.replaceAll('"', '""')}"`
}
