/** As the server has it (src/modules/sso/return-to.ts): a path of it and nothing else. */
const segment = '[A-Za-z0-9_~?=&%-][A-Za-z0-9._~?=&%-]*'
const pathOfServer = new RegExp(`^/(${segment}(/${segment})*/?)?$`)
const lengthMax = 500

const encoded = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** An address of the console, spelled so that the server leads back to it; what can't be is left out. */
export function returnToOf({ pathname, search }: { pathname: string; search: string }): string {
  const pairs = [...new URLSearchParams(search)]
  const query = pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
  const whole = query === '' ? pathname : `${pathname}?${query}`
  return (
    [whole, pathname].find((path) => path.length <= lengthMax && pathOfServer.test(path)) ?? '/'
  )
}
