import type { RouteOptions } from 'fastify'

/** Does this route make something: a POST that answers 201? What is said of creates holds for all of them. */
export function isCreate({ method, schema }: Pick<RouteOptions, 'method' | 'schema'>): boolean {
  const answers = (schema?.response ?? {}) as Record<string, unknown>
  return [method].flat().includes('POST') && '201' in answers
}
