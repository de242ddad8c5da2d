import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { type CityResponse, Reader } from 'mmdb-lib'

/** Where an address is said to be, such as "Boxford, United Kingdom" or "Sweden"; null where nobody knows. */
export type PlaceOf = (ip: string | null) => string | null

export const nowhere: PlaceOf = () => null

/**
 * As a file in MaxMind's format has it, of cities or of countries alone. It is read at the start, and kept in memory.
 * Throws an error that names the setting where it can't be read.
 */
export async function openPlaces(file: string | undefined): Promise<PlaceOf> {
  if (file === undefined) return nowhere
  const reader = await readerOf(file)
  return (ip) => {
    if (ip === null || isIP(ip) === 0) return null
    const { city, country } = reader.get(ip) ?? {}
    return [city?.names?.en, country?.names?.en].filter(Boolean).join(', ') || null
  }
}

async function readerOf(file: string): Promise<Reader<CityResponse>> {
  try {
    const reader = new Reader<CityResponse>(await readFile(file))
    // A file that was cut short is found at its first answer only.
    reader.get('192.0.2.1')
    return reader
  } catch (error) {
    const { message } = error as Error
    throw new Error(`The settings are wrong: GEOIP_DATABASE can't be read: ${message}`)
  }
}
