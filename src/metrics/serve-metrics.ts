import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { isPublic } from '../access/declaration.ts'
import { requireScraper } from '../access/scraper.ts'
import type { Config } from '../config.ts'
import { errorAnswers } from '../http/openapi.ts'

type Options = { registry: Registry; config: Config }

const schema = {
  operationId: 'getMetrics',
  summary: 'Measurements of this process, for Prometheus',
  description: 'For processes of the same machine, or with METRICS_TOKEN as the bearer token.',
  tags: ['service'],
  response: {
    200: {
      description: 'In the text format of Prometheus',
      content: { 'text/plain': { schema: { type: 'string', examples: ['up 1'] } } },
    },
    ...errorAnswers(401),
  },
}

/** `/metrics` for Prometheus. Asks nothing of the database, so that it answers when that is away. */
export async function serveMetrics(app: FastifyInstance, { registry, config }: Options) {
  const options = { config: { access: isPublic }, logLevel: 'warn' as const, schema }
  app.get('/metrics', options, async (request, reply) => {
    requireScraper(request, config)
    reply.type(registry.contentType).header('cache-control', 'no-store')
    return registry.metrics()
  })
}
