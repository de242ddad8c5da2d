import type { Permission } from '../access/use-catalogue.ts'

export const everything = '*.*'

export const resourceOf = (pattern: string): string => pattern.slice(0, pattern.indexOf('.'))

export type PermissionGroup = { resource: string; permissions: readonly Permission[] }

/** By resource, in the order of the catalogue. */
export function groupsOf(permissions: Iterable<Permission>): PermissionGroup[] {
  const groups = new Map<string, Permission[]>()
  for (const permission of permissions) {
    const resource = resourceOf(permission.name)
    const group = groups.get(resource)
    if (group) group.push(permission)
    else groups.set(resource, [permission])
  }
  return [...groups].map(([resource, permissions]) => ({ resource, permissions }))
}

/** Those whose name or description has each of the words. */
export function matching(groups: readonly PermissionGroup[], search: string): PermissionGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return groups.flatMap(({ resource, permissions }) => {
    const found = permissions.filter(({ name, description }) => {
      const text = `${name} ${description}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    return found.length > 0 ? [{ resource, permissions: found }] : []
  })
}

/** The first so many permissions of all groups. */
export function firstOf(groups: readonly PermissionGroup[], max: number): PermissionGroup[] {
  let left = max
  return groups.flatMap(({ resource, permissions }) => {
    const shown = permissions.slice(0, Math.max(0, left))
    left -= shown.length
    return shown.length > 0 ? [{ resource, permissions: shown }] : []
  })
}

export function toggled(chosen: readonly string[], pattern: string): string[] {
  return chosen.includes(pattern) ? chosen.filter((one) => one !== pattern) : [...chosen, pattern]
}

/** Without what a wildcard among them says already. */
export function withoutCovered(chosen: readonly string[]): string[] {
  if (chosen.includes(everything)) return [everything]
  const wildcards = new Set(chosen.filter((one) => one.endsWith('.*')))
  return chosen.filter((one) => wildcards.has(one) || !wildcards.has(`${resourceOf(one)}.*`)).sort()
}
