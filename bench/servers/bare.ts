import Fastify from 'fastify'
import { Type } from 'typebox'

/**
 * What everything is compared with: Fastify that answers the same bytes, with the same logger and a response
 * schema, and knows nothing of tokens.
 */
const app = Fastify({ logger: { level: process.env['LOG_LEVEL'] ?? 'warn' } })
const { headers, me } = JSON.parse(process.env['ANSWERS'] ?? '{}') as {
  /** What each answer carries beside its body. */
  headers: Record<string, string>
  me: object
}

app.get('/healthz', async () => ({ status: 'ok' }))

app.get('/api/v1/authorize', { schema: { response: { 204: { type: 'null' } } } }, (_, reply) => {
  reply.code(204).headers(headers).send()
})

const text = Type.String()
const nullable = Type.Union([text, Type.Null()])
const Me = Type.Object({
  id: text,
  is_service_account: Type.Boolean(),
  email: nullable,
  name: text,
  status: text,
  token_limit: Type.Integer(),
  tenants: Type.Array(text),
  credential: Type.Object({ kind: text, id: text, name: nullable, expires_at: nullable }),
  authority: Type.Array(Type.Object({ tenant_id: nullable, permissions: Type.Array(text) })),
})
app.get('/api/v1/me', { schema: { response: { 200: Me } } }, (_, reply) => {
  reply.headers(headers).send(me)
})

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
