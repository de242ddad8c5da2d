import { type Choice, scopeWords } from '../components/tenant-picker.tsx'
import { useMe } from './me.ts'

/** Of the words for many tenants, those where one holds the permission in all of them. */
export function useWordsWhere(permission: string): readonly Choice[] {
  const { authority } = useMe()
  const held = authority.filter(({ permissions }) => permissions.includes(permission))
  const places = new Set(held.map(({ tenant_id }) => tenant_id))
  return scopeWords.filter(({ value }) => places.has('any') || places.has(value))
}
