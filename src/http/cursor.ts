import { isUuid } from '../access/scope.ts'
import { invalidField } from './errors.ts'

/** Where a page of a list that only grows ended: the time and the id of its last row. */
export function cursorOf({ at, id }: { at: Date; id: string }): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url')
}

export function readCursor(cursor: string): { at: Date; id: string } {
  const [instant = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  const at = new Date(instant)
  if (Number.isNaN(at.getTime()) || !isUuid(id)) throw invalidField('cursor', 'is not one of ours')
  return { at, id }
}
