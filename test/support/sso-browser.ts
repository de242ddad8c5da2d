import type { TestServer } from './server.ts'

/** Where these tests say that the server is: what it tells providers, and what they send browsers back to. */
export const publicUrl = 'https://postern.test'

/** A server that may ask providers on this machine, without TLS. */
export const ssoEnvironment = {
  PUBLIC_URL: publicUrl,
  ALLOW_HTTP_SOURCES: 'on',
  SOURCE_ALLOWED_NETWORKS: '127.0.0.1',
}

/** A browser as far as sign-ins need one: it keeps cookies, and goes where it is sent one step at a time. */
export function ssoBrowser({ url, call }: Pick<TestServer, 'url' | 'call'>) {
  const cookies = new Map<string, string>()

  async function get(address: string, headers: Record<string, string> = {}) {
    const target = address.startsWith(publicUrl)
      ? address.replace(publicUrl, url)
      : new URL(address, url).href
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(target, {
      redirect: 'manual',
      headers: { ...headers, ...(cookie && { cookie }) },
    })
    for (const line of response.headers.getSetCookie()) keep(line)
    const location = response.headers.get('location')
    return {
      status: response.status,
      headers: response.headers,
      location: location && new URL(location, target).href.replace(url, publicUrl),
      text: await response.text(),
    }
  }

  function keep(line: string): void {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }

  return {
    cookies,
    get,
    start: (provider: { id: string }, query = '') =>
      get(`/api/v1/auth/sso/${provider.id}/start${query}`),
    back: (provider: { id: string }, query: Record<string, string> | string) =>
      get(`/api/v1/auth/sso/${provider.id}/callback?${new URLSearchParams(query)}`),
    /** As the console does when it is loaded. */
    async refresh() {
      const cookie = `__Host-postern_refresh=${cookies.get('__Host-postern_refresh')}`
      return call('POST', '/auth/refresh', { headers: { cookie } })
    },
    /** Links: the cookie of an answer to a call. */
    keepOf: (headers: Headers) => headers.getSetCookie().forEach(keep),
  }
}

/** What an address that the browser was sent to says. */
export const queryOf = (location: string | null): Record<string, string> =>
  Object.fromEntries(new URL(location ?? '').searchParams)
