import { failureOf } from './errors.ts'

const followMs = 1000
const awayMs = 5000

type Asked<Data> = { state: { data: Data | undefined; error: unknown } }

/** The `refetchInterval` of what becomes something else by itself: asked again and again for so long. */
export function following<Data>(goesOn: (data: Data) => boolean, everyMs = followMs) {
  return ({ state: { data, error } }: Asked<Data>): number | false => {
    if (error !== null && failureOf(error).isAway) return awayMs
    return data !== undefined && goesOn(data) ? everyMs : false
  }
}
