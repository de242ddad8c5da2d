import { withoutCovered } from '../../components/permission-choice.ts'
import type { components } from '../../generated/api.d.ts'
import type { RoleValues } from './role-fields.tsx'

export type Role = components['schemas']['Role']

export type RoleChanges = { name?: string; description?: string; permissions?: string[] }

/** What was typed that differs from the version which it is based on. */
export function changesIn(values: RoleValues, base: RoleValues): RoleChanges {
  const name = values.name.trim()
  const description = values.description.trim()
  const permissions = withoutCovered(values.permissions)
  const { added, removed } = difference(base.permissions, permissions)
  const isTouched = added.length + removed.length > 0
  return {
    ...(name !== base.name && { name }),
    ...(description !== base.description && { description }),
    ...(isTouched && { permissions }),
  }
}

export function difference(before: readonly string[], after: readonly string[]) {
  return {
    added: after.filter((one) => !before.includes(one)),
    removed: before.filter((one) => !after.includes(one)),
  }
}

/** What was typed upon one version, upon another: where nothing was typed, theirs holds. */
export function onTopOf(theirs: RoleValues, values: RoleValues, base: RoleValues): RoleValues {
  const { name, description } = changesIn(values, base)
  const { added, removed } = difference(base.permissions, values.permissions)
  const kept = theirs.permissions.filter((one) => !removed.includes(one))
  return {
    name: name ?? theirs.name,
    description: description ?? theirs.description,
    permissions: [...new Set([...kept, ...added])],
  }
}
