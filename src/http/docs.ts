import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { isPublic } from '../access/declaration.ts'

/** The pages' own scripts and nothing else; Swagger UI sets styles on elements. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Pages to browse the OpenAPI document and to try a call with a token; all from this server. */
export async function docs(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: isPublic }
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: contentSecurityPolicy,
    uiConfig: {
      tryItOutEnabled: true,
      persistAuthorization: false,
      docExpansion: 'list',
    },
    theme: { title: 'Postern API' },
    logLevel: 'warn',
  })
}
