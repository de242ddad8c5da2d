import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { isPublic } from '../access/declaration.ts'

/** The pages' own scripts and nothing else; Swagger UI sets styles on elements. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** The document itself, and pages to browse it and to try a call with a token; all from this server. */
export async function docs(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: isPublic }
  })
  app.get('/openapi.json', async () => app.swagger())
  app.get('/api/v1/openapi.json', async () => app.swagger())
  app.get('/api/v1/docs', async (_request, reply) => reply.redirect('/docs'))
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
