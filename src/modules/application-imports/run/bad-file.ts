/** So many are told: who has a thousand has one, a thousand times. */
export const problemsMax = 20

/** What is wrong with what was sent, in words for who sent it. The import fails, and nothing has changed. */
export class BadFile extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'BadFile'
  }
}

/** Where a problem is. The file is named where there are several. */
export type Place = { file?: string | undefined; line?: number; column?: string }

export function problemAt({ file, line, column }: Place, text: string): string {
  const place = [
    file,
    line === undefined ? undefined : `line ${line}`,
    column === undefined ? undefined : `column ${column}`,
  ].filter((part) => part !== undefined)
  return place.length === 0 ? text : `${place.join(', ')}: ${text}`
}
