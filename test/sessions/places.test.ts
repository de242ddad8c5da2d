import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPlaces } from '../../src/sessions/places.ts'

const fixture = (name: string) => join(import.meta.dirname, `../fixtures/${name}`)
const cities = fixture('GeoLite2-City-Test.mmdb')

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'postern-places-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

describe('The place of an address', () => {
  it.each([
    ['2.125.160.216', 'Boxford, United Kingdom'],
    ['89.160.20.112', 'Linköping, Sweden'],
    ['::ffff:89.160.20.112', 'Linköping, Sweden'],
    ['2001:218::1', 'Japan'],
    ['192.0.2.1', null],
    ['127.0.0.1', null],
    ['fe80::1', null],
    ['unknown', null],
    ['', null],
    [null, null],
  ])('of %s is %s', async (ip, place) => {
    expect((await openPlaces(cities))(ip)).toBe(place)
  })

  it('is a country where the file knows no cities', async () => {
    const placeOf = await openPlaces(fixture('GeoLite2-Country-Test.mmdb'))
    expect(placeOf('89.160.20.112')).toBe('Sweden')
  })

  it('is unknown without a file', async () => {
    expect((await openPlaces(undefined))('89.160.20.112')).toBeNull()
  })
})

describe('A file that is none of places', () => {
  it.each([
    ['is not there', null],
    ['is empty', Buffer.alloc(0)],
    ['is something else', Buffer.from('no such thing '.repeat(1000))],
    ['is packed', gzipSync(readFileSync(cities))],
    ['was cut short', readFileSync(cities).subarray(0, 10_000)],
  ])('stops the start with a sentence that names the setting, where it %s', async (_, content) => {
    const file = join(directory, 'places.mmdb')
    rmSync(file, { force: true })
    if (content) writeFileSync(file, content)
    await expect(openPlaces(file)).rejects.toThrow(/^The settings are wrong: GEOIP_DATABASE can't/)
  })
})
