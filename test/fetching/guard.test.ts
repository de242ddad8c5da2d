import type { LookupAddress } from 'node:dns'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LookupAll } from '../../src/fetching/guarded-agent.ts'
import { serializers } from '../../src/http/logging.ts'
import { type SourceServer, startSource } from '../support/source-server.ts'
import { fetcher, limits, read } from './fetcher.ts'

/** Allowed, and where one is not: both are ours, and would answer whoever asked. */
let outside: SourceServer
let inside: SourceServer
let plain: SourceServer
beforeAll(async () => {
  outside = await startSource((request, response) => {
    const [, what = '', ...where] = (request.url ?? '').split('/')
    const target = decodeURIComponent(where.join('/'))
    if (what === 'hop') {
      const left = Number(target)
      const location = left === 0 ? '/end' : `/hop/${left - 1}`
      response.writeHead(302, { location }).end()
    } else if (what === 'to') response.writeHead(307, { location: target }).end()
    else response.end('reached')
  })
  inside = await startSource((_, response) => response.end('a secret'), { address: '127.0.0.2' })
  plain = await startSource(
    (request, response) => {
      if (request.url === '/on') response.writeHead(301, { location: '/' }).end()
      else response.end('without TLS')
    },
    { plain: true },
  )
})
afterAll(() => Promise.all([outside.close(), inside.close(), plain.close()]))

const failed = { kind: 'failed', message: 'the source could not be fetched' }
const connections = () => [outside, inside, plain].map((server) => server.connections())

const answering =
  (...addresses: string[]): LookupAll =>
  (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map(
        (address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
      ),
    )

describe('Without a setting that names its network, nobody inside is asked', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '017700000001',
    '0177.0.0.1',
    '127.0.0.1.',
    '0',
    '127。0。0。1',
    '%31%32%37.0.0.1',
    'localhost',
    'LOCALHOST',
    'localhost.',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '169.254.169.254',
    '[fd00:ec2::254]',
    '10.0.0.1',
    '100.64.0.1',
    '[fe80::1]',
  ])('CVE-2026-45796: by the host %s', async (host) => {
    const before = connections()
    const fetching = fetcher({ http: 'on' })(`https://${host}:${outside.port}/`, limits)
    await expect(fetching).rejects.toMatchObject(failed)
    await expect(
      fetcher({ http: 'on' })(`http://${host}:${plain.port}/`, limits),
    ).rejects.toMatchObject(failed)
    expect(connections()).toEqual(before)
  })

  it.each([
    [['127.0.0.1']],
    [['::ffff:127.0.0.1']],
    [['169.254.169.254']],
    [['8.8.8.8', '127.0.0.1']],
    [['127.0.0.1', '8.8.8.8']],
    [['2606:4700::1111', 'fd00::1']],
    [[]],
  ])('by a name that stands for %j', async (addresses) => {
    const before = connections()
    const fetch = fetcher({ lookup: answering(...addresses) })
    await expect(fetch(`https://sources.test:${outside.port}/`, limits)).rejects.toMatchObject(
      failed,
    )
    expect(connections()).toEqual(before)
  })

  it.each([
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'data:text/csv,a',
    'nothing',
    'https://a:b@8.8.8.8/',
  ])('by %s', async (url) => {
    await expect(fetcher()(url, limits)).rejects.toMatchObject(failed)
  })
})

describe('A refusal', () => {
  it('CVE-2026-45796: says the same to everybody; the log alone is told why', async () => {
    const fetching = fetcher()(`https://127.0.0.1:${outside.port}/`, limits)
    const error = await fetching.catch((one) => one)
    expect(error).toMatchObject({ ...failed, reason: expect.stringContaining('refused 127.0.0.1') })
    expect(serializers.err(error as Error).reason).toContain('refused 127.0.0.1')
  })
})

describe('A name', () => {
  it('is looked up once, and what was judged is connected to: a second answer is never asked for', async () => {
    let asked = 0
    const rebinding: LookupAll = (hostname, options, callback) => {
      asked += 1
      answering(asked === 1 ? '127.0.0.1' : '127.0.0.2')(hostname, options, callback)
    }
    const before = inside.connections()
    const fetch = fetcher({ networks: '127.0.0.1', lookup: rebinding })
    expect(await read(fetch(`https://sources.test:${outside.port}/end`, limits))).toBe('reached')
    expect(asked).toBe(1)
    expect(inside.connections()).toBe(before)
  })

  it('GHSA-qp4c-xg64-7c6x: that first stands for a public server and then for one inside is refused on the way of a redirect', async () => {
    let asked = 0
    const rebinding: LookupAll = (hostname, options, callback) => {
      asked += 1
      answering(hostname === 'sources.test' ? '127.0.0.1' : '127.0.0.2')(
        hostname,
        options,
        callback,
      )
    }
    const before = inside.connections()
    const fetch = fetcher({ networks: '127.0.0.1', lookup: rebinding })
    const target = encodeURIComponent(`https://other.sources.test:${inside.port}/`)
    const fetching = fetch(`https://sources.test:${outside.port}/to/${target}`, limits)
    await expect(fetching).rejects.toMatchObject(failed)
    expect(asked).toBe(2)
    expect(inside.connections()).toBe(before)
  })
})

describe('A redirect', () => {
  const to = (target: string) =>
    read(
      fetcher({ networks: '127.0.0.1', http: 'on' })(
        `${outside.url}/to/${encodeURIComponent(target)}`,
        limits,
      ),
    )

  it('is followed three times, and no fourth', async () => {
    const fetch = fetcher({ networks: '127.0.0.1' })
    expect(await read(fetch(`${outside.url}/hop/2`, limits))).toBe('reached')
    await expect(read(fetch(`${outside.url}/hop/3`, limits))).rejects.toMatchObject(failed)
  })

  it('GHSA-qp4c-xg64-7c6x: leads to no address that the source itself could not have', async () => {
    const before = inside.connections()
    for (const host of ['127.0.0.2', '0x7f000002', '[::ffff:127.0.0.2]', '2130706434']) {
      await expect(to(`https://${host}:${inside.port}/`)).rejects.toMatchObject(failed)
    }
    expect(inside.connections()).toBe(before)
    expect(await to(`https://127.0.0.1:${outside.port}/end`)).toBe('reached')
  })

  it('leads to no http, where http is allowed too, and to nothing that is no web server', async () => {
    const before = plain.connections()
    for (const url of [`${plain.url}/`, 'file:///etc/passwd', '//', 'https://a:b@127.0.0.1/']) {
      await expect(to(url)).rejects.toMatchObject(failed)
    }
    expect(plain.connections()).toBe(before)
  })
})

describe('http', () => {
  it('is fetched where a setting allows it, and there only', async () => {
    const settings = { networks: '127.0.0.0/8' }
    expect(await read(fetcher({ ...settings, http: 'on' })(plain.url, limits))).toBe('without TLS')
    await expect(fetcher(settings)(plain.url, limits)).rejects.toMatchObject(failed)
    const redirected = fetcher({ ...settings, http: 'on' })(`${plain.url}/on`, limits)
    await expect(redirected).rejects.toMatchObject(failed)
  })
})
