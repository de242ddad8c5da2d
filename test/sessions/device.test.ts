import { describe, expect, it } from 'vitest'
import { deviceOf } from '../../src/sessions/device.ts'

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const mac = 'Macintosh; Intel Mac OS X 10_15_7'
const phone = 'iPhone; CPU iPhone OS 18_0 like Mac OS X'

describe('The device of a session', () => {
  it.each([
    ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0'],
    [
      'Chrome on Windows',
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/142.0.0.0 Safari/537.36`,
    ],
    [
      'Edge on Windows',
      `Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
    ],
    [
      'Opera on macOS',
      `Mozilla/5.0 (${mac}) ${webkit} Chrome/142.0.0.0 Safari/537.36 OPR/120.0.0.0`,
    ],
    [
      'Safari on macOS',
      `Mozilla/5.0 (${mac}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15`,
    ],
    [
      'Safari on iPhone',
      `Mozilla/5.0 (${phone}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1`,
    ],
    [
      'Chrome on iPhone',
      `Mozilla/5.0 (${phone}) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1`,
    ],
    [
      'Chrome on Android',
      `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/142.0.0.0 Mobile Safari/537.36`,
    ],
    [
      'Samsung Internet on Android',
      `Mozilla/5.0 (Linux; Android 10; K) ${webkit} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    ],
    [
      'Chrome on ChromeOS',
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/142.0.0.0 Safari/537.36`,
    ],
    ['curl', 'curl/8.5.0'],
    ['Windows', 'Something/1.0 (Windows NT 10.0)'],
  ])('is %s for %s', (device, userAgent) => {
    expect(deviceOf(userAgent)).toBe(device)
  })

  it.each([null, '', 'node', '<b>Firefox</b>', 'my firefox/1 '])(
    'is unknown for %j',
    (userAgent) => {
      expect(deviceOf(userAgent)).toBeNull()
    },
  )
})
