import { AppError, invalidField, unprocessable } from '../../http/errors.ts'

/** What is asked of an application before files are taken for it. */
export type Uploadable = {
  id: string
  is_archived: boolean
  file_groups: { id: string; name: string; required: boolean }[]
}

export function requireUploadable({ is_archived, file_groups }: Uploadable): void {
  if (is_archived) throw unprocessable('application_id', 'names an application that is archived')
  if (file_groups.length === 0) {
    throw unprocessable('application_id', 'names an application without file groups')
  }
}

/** One file for each group, and none for another. */
export function requireGroup(
  { file_groups }: Uploadable,
  group: string,
  files: readonly { file_group_id: string }[],
): void {
  if (!file_groups.some(({ id }) => id === group)) {
    throw unprocessable(group.slice(0, 100).toWellFormed(), 'is no file group of the application')
  }
  if (files.some(({ file_group_id }) => file_group_id === group)) {
    throw invalidField(group, 'must be one file')
  }
}

/** The groups may have changed while the files came: asked again when they are there. */
export function requireComplete(
  application: Uploadable,
  files: readonly { file_group_id: string }[],
): void {
  requireUploadable(application)
  for (const { file_group_id } of files) requireGroup(application, file_group_id, [])
  const missing = application.file_groups.filter(
    ({ id, required }) =>
      (required || files.length === 0) && !files.some(({ file_group_id }) => file_group_id === id),
  )
  if (missing.length === 0) return
  const errors = missing.map(({ id, name }) => ({ field: id, message: `(${name}) needs a file` }))
  const message = errors.map(({ field, message }) => `${field} ${message}`).join('; ')
  throw new AppError('unprocessable_entity', message, { errors })
}
