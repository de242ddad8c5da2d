/** All values of a header as they arrived; Node's own view joins some repeated headers and drops others. */
export function headersNamed(name: string, rawHeaders: readonly string[]): string[] {
  const values: string[] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const given = rawHeaders[at] ?? ''
    if (given.length === name.length && given.toLowerCase() === name)
      values.push(rawHeaders[at + 1] ?? '')
  }
  return values
}
