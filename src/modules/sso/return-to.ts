import { Type } from 'typebox'

/**
 * A path of this server and nothing else: neither `//elsewhere` nor what a browser takes for it. With a dot segment
 * or a tab even more could be said, and no page needs them.
 */
export const ReturnTo = Type.String({
  maxLength: 500,
  pattern: '^/(?!/)(?!.*/\\.{1,2}(/|$))[A-Za-z0-9/._~?=&%-]*$',
  'x-message': 'must be a path of this server',
  description: 'A path of the console, to go on at',
  examples: ['/settings/tokens'],
})

/** The same path, with more in its query. */
export function withQuery(path: string, more: Record<string, string>): string {
  const [pathname, query = ''] = path.split('?', 2)
  return `${pathname}?${new URLSearchParams([...new URLSearchParams(query), ...Object.entries(more)])}`
}
