import jwt from '@fastify/jwt'
import Fastify from 'fastify'

/** The same as people use it with Fastify. */
const { headers } = JSON.parse(process.env['ANSWERS'] ?? '{}') as {
  headers: Record<string, string>
}
const app = Fastify({ logger: { level: 'warn' } })
await app.register(jwt, { secret: process.env['SECRET'] ?? '' })
app.get('/healthz', async () => ({ status: 'ok' }))
app.get(
  '/api/v1/authorize',
  {
    schema: { response: { 204: { type: 'null' } } },
    onRequest: async (request) => {
      await request.jwtVerify()
    },
  },
  (_, reply) => {
    reply.code(204).headers(headers).send()
  },
)
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
