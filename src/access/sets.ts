/** A list as a set; a set is one already. */
export const asSet = (list: readonly string[] | ReadonlySet<string>): ReadonlySet<string> =>
  list instanceof Set ? list : new Set(list as readonly string[])
