import Fastify from 'fastify'

const { headers } = JSON.parse(process.env['ANSWERS'] ?? '{}') as {
  headers: Record<string, string>
}

/** The bare server with a check in front of its answer. */
export async function answerAfter(check: (authorization: string) => unknown): Promise<void> {
  const app = Fastify({ logger: { level: 'warn' } })
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get(
    '/api/v1/authorize',
    { schema: { response: { 204: { type: 'null' } } } },
    async (request, reply) => {
      await check(request.headers.authorization ?? '')
      return reply.code(204).headers(headers).send()
    },
  )
  await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
}

export const tokenOf = (authorization: string): string => authorization.slice('Bearer '.length)
