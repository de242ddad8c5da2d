import type { Transaction } from '../../audit/record-event.ts'
import { brokenConstraint } from '../../db/faults.ts'
import { conflict, invalidField, unprocessable } from '../../http/errors.ts'

type Given = { id?: string; name: string; required: boolean }
type Kept = { id: string; name: string; required: boolean }

const field = 'file_groups'

/** What an application has that was made without any. */
export const usualGroups: Given[] = [{ name: 'accounts', required: true }]

/** Throws 400 where two are the same, and where an import could be made of nothing. */
export function requireFileGroups(groups: readonly Given[] | undefined): void {
  if (!groups) return
  const twice = (values: (string | undefined)[]) =>
    values.findIndex((value, at) => value !== undefined && values.indexOf(value) < at)
  for (const [key, values] of Object.entries({
    name: groups.map(({ name }) => name),
    id: groups.map(({ id }) => id),
  })) {
    const at = twice(values)
    if (at !== -1) throw invalidField(field, `item ${at + 1} has the ${key} of another`)
  }
  if (!groups.some(({ required }) => required)) {
    throw invalidField(field, 'must hold one that is required')
  }
}

/**
 * Makes an application's file groups these, in this order. One is known again by its id, or else by its name, and
 * keeps its id, which uploads name; one that isn't among them goes, unless imports have used it: 409, for their
 * files would be of nothing.
 */
export async function replaceFileGroups(
  tx: Transaction,
  application_id: string,
  before: readonly Kept[],
  given: readonly Given[],
): Promise<void> {
  const groups = given.map((group) => ({ ...group, id: idOf(group, before, given) }))
  await removeOthers(
    tx,
    before.filter(({ id }) => !groups.some((group) => group.id === id)),
  )
  // Two may change names with one another: nobody else has these meanwhile.
  const renamed = before.filter(({ id, name }) =>
    groups.some((group) => group.id === id && group.name !== name),
  )
  for (const { id } of renamed) {
    await tx.fileGroup.update({ where: { id }, data: { name: ` ${id}` } })
  }
  for (const [position, { id, name, required }] of groups.entries()) {
    const data = { name, required, position }
    if (id) await tx.fileGroup.update({ where: { id }, data })
    else await tx.fileGroup.create({ data: { application_id, ...data } })
  }
}

function idOf({ id, name }: Given, before: readonly Kept[], given: readonly Given[]) {
  if (id === undefined) {
    const namesake = before.find((group) => group.name === name)?.id
    // Who is named by id elsewhere in the list is meant there.
    return given.some((other) => other.id === namesake) ? undefined : namesake
  }
  if (before.some((group) => group.id === id)) return id
  throw unprocessable(field, `${id} is no file group of this application`)
}

async function removeOthers(tx: Transaction, removed: readonly Kept[]): Promise<void> {
  if (removed.length === 0) return
  const ids = removed.map(({ id }) => id)
  const used = await tx.fileGroup.findFirst({ where: { id: { in: ids }, files: { some: {} } } })
  if (used) throw inUse(used.name)
  await tx.fileGroup.deleteMany({ where: { id: { in: ids } } }).catch((error) => {
    // An upload that came between.
    if (brokenConstraint(error) !== 'import_files_file_group_id_fkey') throw error
    throw inUse(removed.map(({ name }) => name).join(', '))
  })
}

const inUse = (name: string) =>
  conflict(`${name} has been imported and stays; it may become one that is not required`, field)
