import { Type } from 'typebox'

/** No dot at its beginning: what could be a dot segment is none of our pages. */
const segment = '[A-Za-z0-9_~?=&%-][A-Za-z0-9._~?=&%-]*'

/** A path of this server and nothing else: neither `//elsewhere` nor what a browser takes for it. */
const form = `^/(${segment}(/${segment})*/?)?$`
const lengthMax = 500

export const ReturnTo = Type.String({
  maxLength: lengthMax,
  pattern: form,
  'x-message': 'must be a path of this server',
  description: 'A path of the console, to go on at',
  examples: ['/settings/tokens'],
})

/** Of a request that was refused before its query was checked. */
export const isReturnTo = (text: unknown): text is string =>
  typeof text === 'string' && text.length <= lengthMax && new RegExp(form).test(text)

/** The same path, with more in its query. */
export function withQuery(path: string, more: Record<string, string>): string {
  const [pathname, query = ''] = path.split('?', 2)
  return `${pathname}?${new URLSearchParams([...new URLSearchParams(query), ...Object.entries(more)])}`
}
