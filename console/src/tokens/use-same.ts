import { useRef } from 'react'

/** The list as it was while it holds the same: the form copies all its values with each letter that is typed. */
export function useSame(list: readonly string[]): readonly string[] {
  const last = useRef(list)
  const isSame =
    last.current.length === list.length && list.every((entry, at) => entry === last.current[at])
  if (!isSame) last.current = list
  return last.current
}
