import { beforeEach, describe, expect, it } from 'vitest'
import { AppError, unauthorized, unavailable } from '../../src/http/errors.ts'
import { type SignInTries, signInTries } from '../../src/limits/sign-in-tries.ts'

let now: number
let tries: SignInTries
beforeEach(() => {
  now = Date.parse('2026-06-01T12:00:00Z')
  tries = signInTries({ limit: 5, clock: () => new Date(now) })
})

const later = (seconds: number) => {
  now += seconds * 1000
}
const codeOf = (error: unknown) => (error instanceof AppError ? error.code : 'no AppError')
/** What a try ends with: `ok`, or the code of its error. */
const outcome = (account: string, ip: string, job: () => Promise<unknown>) =>
  tries.guarded(account, ip, job).then(() => 'ok', codeOf)
const wrong = (account = 'ada@example.com', ip = '192.0.2.1') =>
  outcome(account, ip, async () => {
    throw unauthorized('wrong')
  })
const right = (account = 'ada@example.com', ip = '192.0.2.1') =>
  outcome(account, ip, async () => 'signed in')

async function repeat(times: number, one: () => Promise<string>): Promise<string[]> {
  const outcomes: string[] = []
  for (let at = 0; at < times; at += 1) outcomes.push(await one())
  return outcomes
}

describe('Tries to sign in to one account from one network', () => {
  it('are free five times, and then wait, each time twice as long', async () => {
    expect(await repeat(6, wrong)).toEqual([...Array(5).fill('unauthorized'), 'rate_limited'])
    for (const seconds of [30, 60, 120]) {
      later(seconds - 1)
      expect(await right()).toBe('rate_limited')
      later(1)
      expect(await wrong()).toBe('unauthorized')
    }
  })

  it('wait no longer than a quarter of an hour', async () => {
    for (let at = 0; at < 30; at += 1) {
      await wrong()
      later(900)
      expect(await wrong()).toBe('unauthorized')
    }
  })

  it('tell how long to wait', async () => {
    await repeat(5, wrong)
    later(10)
    await expect(
      tries.guarded('ada@example.com', '192.0.2.1', async () => 0),
    ).rejects.toMatchObject({
      statusCode: 429,
      extras: {
        headers: {
          'retry-after': '20',
          'ratelimit-policy': '"failed-sign-ins";q=1;w=30',
          ratelimit: '"failed-sign-ins";r=0;t=20',
        },
      },
    })
  })

  it('tell the longer wait that each further one brings', async () => {
    await repeat(5, wrong)
    later(30)
    await wrong()
    await expect(
      tries.guarded('ada@example.com', '192.0.2.1', async () => 0),
    ).rejects.toMatchObject({
      extras: {
        headers: {
          'retry-after': '60',
          'ratelimit-policy': '"failed-sign-ins";q=1;w=60',
          ratelimit: '"failed-sign-ins";r=0;t=60',
        },
      },
    })
  })

  it('are counted before the secret is looked at: of fifty at once five are', async () => {
    let looks = 0
    const attempts = Array.from({ length: 50 }, () =>
      outcome('ada@example.com', '192.0.2.1', async () => {
        looks += 1
        await new Promise((resolve) => setTimeout(resolve, 1))
        throw unauthorized('wrong')
      }),
    )
    await Promise.all(attempts)
    expect(looks).toBe(5)
  })

  it('begin anew after one that is right, and after an hour', async () => {
    await repeat(4, wrong)
    expect(await right()).toBe('ok')
    expect(await repeat(5, wrong)).not.toContain('rate_limited')
    later(3600)
    expect(await repeat(5, wrong)).not.toContain('rate_limited')
  })

  it('share one count however the address is written, and whichever of a subscriber’s it comes from', async () => {
    const accounts = ['ada@example.com', 'ADA@example.com', 'Ada@Example.com ', 'ada@example.com']
    for (const account of accounts) await wrong(account, '2001:db8::1')
    await wrong('ada@example.com', '2001:db8::2')
    expect(await wrong('ada@example.com', '2001:db8::3')).toBe('rate_limited')
    expect(await right('ada@example.com', '2001:db8:0:1::1')).toBe('ok')
  })

  it('are not counted where something else failed', async () => {
    const broken = () =>
      outcome('ada@example.com', '192.0.2.1', async () => {
        throw unavailable('busy')
      })
    expect(new Set(await repeat(20, broken))).toEqual(new Set(['service_unavailable']))
    expect(await repeat(5, wrong)).not.toContain('rate_limited')
  })

  it('are all free where there is no limit', async () => {
    tries = signInTries({ limit: 0, clock: () => new Date(now) })
    expect(await repeat(200, wrong)).not.toContain('rate_limited')
  })
})

describe('An account that is attacked', () => {
  it('is open to its owner from elsewhere, after ten thousand tries from fifty addresses', async () => {
    let looked = 0
    for (let at = 0; at < 10_000; at += 1) {
      later(0.1)
      if ((await wrong('ada@example.com', `198.51.100.${at % 50}`)) === 'unauthorized') looked += 1
    }
    // Of 10 000 in a quarter of an hour: a hundred, and then each address now and then.
    expect(looked).toBeLessThan(700)
    expect(await right('ada@example.com', '203.0.113.9')).toBe('ok')
  })

  it('gives each new address one try, where a hundred have failed', async () => {
    for (let at = 0; at < 100; at += 1) await wrong('ada@example.com', `198.51.100.${at}`)
    expect(await wrong('ada@example.com', '203.0.113.9')).toBe('unauthorized')
    expect(await wrong('ada@example.com', '203.0.113.9')).toBe('rate_limited')
    expect(await wrong('eve@example.com', '203.0.113.9')).toBe('unauthorized')
    later(30)
    expect(await right('ada@example.com', '203.0.113.9')).toBe('ok')
  })
})
