import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { isPublic } from '../access/declaration.ts'
import { requireScraper } from '../access/scraper.ts'
import type { Config } from '../config.ts'

type Options = { registry: Registry; config: Config }

/** `/metrics` for Prometheus. Asks nothing of the database, so that it answers when that is away. */
export async function serveMetrics(app: FastifyInstance, { registry, config }: Options) {
  const options = { config: { access: isPublic }, logLevel: 'warn' as const }
  app.get('/metrics', options, async (request, reply) => {
    requireScraper(request, config)
    reply.type(registry.contentType).header('cache-control', 'no-store')
    return registry.metrics()
  })
}
