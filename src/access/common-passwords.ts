import { dictionary } from '@zxcvbn-ts/language-common'

/** The 49,000 that leaks hold most often, in small letters; without rows like 987654321. */
const listed = new Set(dictionary['passwords-common'])
const longest = Math.max(...[...listed].map(({ length }) => length))
const rowMin = 4

/** What is shorter than this beside something that everybody knows is soon found. */
export const restMin = 6

/**
 * Is this, in small letters, guessed before others: a common password, two of them in a row, one with a little around
 * it, or a few characters over and over? Most common ones are shorter than a password must be, and these are
 * the ways in which people lengthen them. A phrase of which one is a part is another matter.
 */
export function isGuessedFirst(password: string): boolean {
  return isRepeated(password) || isLengthened([...password])
}

function isRepeated(password: string): boolean {
  let period = 1
  while (!password.startsWith(password.slice(period))) period += 1
  return period < restMin || listed.has(password.slice(0, period))
}

function isLengthened(characters: string[]): boolean {
  if (characters.length > 2 * longest) return false
  return characters.some(
    (_, at) =>
      (isCommon(characters.slice(0, at)) && isCommon(characters.slice(at))) ||
      hasLittleBehind(characters, at),
  )
}

/** Is what begins here common, but for so little behind it that with what is before it is little, too? */
function hasLittleBehind(characters: string[], before: number): boolean {
  const most = restMin - 1 - before
  const ends = Array.from({ length: Math.max(most + 1, 0) }, (_, behind) => -behind || undefined)
  return ends.some((end) => isCommon(characters.slice(before, end)))
}

const isCommon = (characters: string[]) => listed.has(characters.join('')) || isRow(characters)

/** Each as far from the one before: 1234, zyxw, 2468. */
function isRow(characters: string[]): boolean {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0))
  return characters.length >= rowMin && new Set(steps).size === 1
}
