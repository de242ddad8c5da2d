import { createHash } from 'node:crypto'

/**
 * Who has what, by arithmetic: the same for every run, and known without a look into the database. Two
 * tokens per user, three tenants per user, in two of which they hold a role of 10 to 29 permissions.
 */
export type Shape = {
  users: number
  tenantIds: string[]
  roles: { id: string; permissions: string[] }[]
  /** What the token of this number may do, and where. */
  question(token: number): { permission: string; tenant_id: string }
}

const tenants = 200
const roles = 50
export const storedPermissions = 5

export function shapeOf(size: number, catalogue: readonly string[]): Shape {
  const users = Math.max(1, Math.floor(size / 2))
  const tenantIds = Array.from({ length: tenants }, (_, at) => uuidOf(`tenant ${at}`))
  const shaped = Array.from({ length: roles }, (_, at) => ({
    id: uuidOf(`role ${at}`),
    permissions: Array.from(
      { length: 10 + (at % 20) },
      (_, step) => catalogue[(at * 3 + step) % catalogue.length] ?? '',
    ),
  }))
  return {
    users,
    tenantIds,
    roles: shaped,
    question(token) {
      const user = token % users
      return {
        permission: shaped[user % roles]?.permissions[token % storedPermissions] ?? '',
        tenant_id: tenantIds[(user * 7) % tenants] ?? '',
      }
    },
  }
}

/** As PostgreSQL's `md5(name)::uuid`. */
function uuidOf(name: string): string {
  const hex = createHash('md5').update(name).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
