import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isPublic } from '../access/declaration.ts'
import type { RandomBytes } from '../access/token.ts'

/** Addresses of the console, each with all below it; which page that is the console itself knows. */
const places = [
  'sign-in',
  'accept-invitation',
  'forgot-password',
  'reset-password',
  'settings',
  'service-accounts',
  'users',
  'tenants',
  'roles',
  'permissions',
  'identities',
  'personnel-events',
  'applications',
  'imports',
  'system',
  'webhooks',
  'audit',
]

/** What vite has put where a nonce belongs (console/vite.config.ts). */
const placeholder = /__CSP_NONCE__/g

/**
 * The console: one shell for all its pages, and the files that it loads, named by their content. Without a
 * build there is none, and the API goes on without it.
 */
export async function serveConsole(
  app: FastifyInstance,
  { root, randomBytes }: { root: string; randomBytes: RandomBytes },
): Promise<void> {
  const shell = await readFile(join(root, 'index.html'), 'utf8').catch(() => null)
  if (shell === null) {
    app.log.warn({ root }, 'the console has not been built')
    return
  }
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: isPublic }
  })
  await app.register(fastifyStatic, {
    root,
    index: false,
    // A route for each file that there is: what isn't there is a 404 like any other.
    wildcard: false,
    globIgnore: ['**/index.html', '**/.*', '**/*.{br,gz}'],
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  })
  const answer = (_request: FastifyRequest, reply: FastifyReply) => {
    const nonce = Buffer.from(randomBytes(18)).toString('base64')
    return reply
      .header('content-security-policy', policyWith(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(shell.replace(placeholder, nonce))
  }
  const addresses = places.flatMap((place) => [`/${place}`, `/${place}/*`])
  for (const url of ['/', ...addresses]) app.get(url, { schema: { hide: true } }, answer)
}

/** Scripts and styles of this server, and the style elements that carry this answer's nonce; no other origin at all. */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
