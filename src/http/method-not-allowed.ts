import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify'
import { isPublic } from '../access/declaration.ts'
import { AppError } from './errors.ts'

const methods: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

const neverChange = /\/tokens\/:/

/**
 * Answers 405 where a path exists and the method does not. Registered after all routes, for each path
 * that they made.
 */
export async function methodNotAllowed(app: FastifyInstance): Promise<void> {
  const byPath = new Map<string, Set<string>>()
  for (const { url, method } of app.routes) {
    const known = byPath.get(url) ?? new Set()
    for (const name of [method].flat()) known.add(name)
    byPath.set(url, known)
  }
  for (const [url, known] of byPath) {
    const allow = [...known].sort().join(', ')
    const refuse = async (request: FastifyRequest) => {
      const changes = ['PUT', 'PATCH'].includes(request.method) && neverChange.test(url)
      const message = changes
        ? 'A token never changes: delete it and create another'
        : `${request.method} is not possible here`
      throw new AppError('method_not_allowed', message, {
        headers: { allow },
      })
    }
    const refused = methods.filter((method) => !known.has(method))
    if (refused.length === 0) continue
    app.route({
      method: refused,
      url,
      config: { access: isPublic },
      // Before the body is read: whatever it is, it is not what is wrong.
      onRequest: refuse,
      handler: refuse,
    })
  }
}
