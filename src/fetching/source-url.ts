import type { SourceRules } from './source-rules.ts'

/** What is wrong with the form of a source's address; null if nothing is. Where it leads is seen when it is fetched. */
export function faultOfSourceUrl(text: string, { allowsHttp }: SourceRules): string | null {
  if (!URL.canParse(text)) return 'must be a URL'
  const { protocol, username, password, hash } = new URL(text)
  if (protocol === 'http:' && !allowsHttp) return 'must be an https URL'
  if (protocol !== 'https:' && protocol !== 'http:') return 'must be an https URL'
  if (username !== '' || password !== '') return 'must not hold credentials'
  if (hash !== '') return 'must not hold a fragment'
  return null
}

/** For events and logs: a query may hold a signature, which is a secret. */
export function withoutQuery(text: string): string {
  const [address = '', query] = text.split('?', 2)
  return query === undefined ? address : `${address}?[redacted]`
}
