import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sealing } from '../../src/access/sealing.ts'

const database = randomBytes(32)
const { seal, open } = sealing(database, 'environment', randomBytes)

describe('A sealed secret', () => {
  it('is opened where it belongs, and shows nothing of itself', () => {
    const sealed = seal('provider 1', 'ünïcode secret')
    expect(open('provider 1', sealed)).toBe('ünïcode secret')
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('secret')
  })

  it('differs each time', () => {
    expect(seal('provider 1', 'same')).not.toEqual(seal('provider 1', 'same'))
  })

  it('is not opened in another place', () => {
    expect(open('provider 2', seal('provider 1', 'secret'))).toBeNull()
  })

  it('is not opened where either half of the key is another', () => {
    const sealed = seal('provider 1', 'secret')
    expect(
      sealing(randomBytes(32), 'environment', randomBytes).open('provider 1', sealed),
    ).toBeNull()
    expect(sealing(database, 'other', randomBytes).open('provider 1', sealed)).toBeNull()
  })

  it('is not opened when a bit of it has changed, or its end is missing', () => {
    const sealed = seal('provider 1', 'secret')
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte))
      expect(open('provider 1', changed)).toBeNull()
      expect(open('provider 1', sealed.subarray(0, at))).toBeNull()
    }
  })
})
