const deepest = 32

/**
 * The name of the first field whose text PostgreSQL can't store as it was sent: NUL is refused by it,
 * and half a surrogate pair would silently become another character. Null when all is well.
 */
export function illFormedField(value: unknown, name = 'body', depth = 0): string | null {
  if (typeof value === 'string') {
    return value.includes('\0') || !value.isWellFormed() ? name : null
  }
  // No schema is as deep as this: what lies below is refused for its shape.
  if (value === null || typeof value !== 'object' || depth === deepest) return null
  for (const [key, child] of Object.entries(value)) {
    const childName = Array.isArray(value) ? name : name === 'body' ? key : `${name}.${key}`
    const found = illFormedField(key) ?? illFormedField(child, childName, depth + 1)
    if (found !== null) return found
  }
  return null
}
