import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isPublic } from '../access/declaration.ts'

const document = {
  operationId: 'getApiDocument',
  summary: 'Get this document',
  tags: ['service'],
  response: {
    200: Type.Object({}, { additionalProperties: true, description: 'OpenAPI 3.1' }),
  },
}

const pages = {
  operationId: 'getDocs',
  summary: 'Browse this document and try a call',
  tags: ['service'],
  response: { 302: Type.Null({ description: 'To the pages' }) },
}

/** The OpenAPI document where clients look for one, and the way to the pages that show it. */
export async function apiDocument(app: FastifyInstance): Promise<void> {
  const config = { access: isPublic }
  let text: Buffer | null = null
  const send = (_request: FastifyRequest, reply: FastifyReply) => {
    // Everybody may ask for it, and to write 700 KB of JSON takes as long as a hundred decisions.
    text ??= Buffer.from(JSON.stringify(app.swagger()))
    return reply.type('application/json; charset=utf-8').send(text)
  }
  app.get('/openapi.json', { config }, send)
  app.get('/api/v1/openapi.json', { config, schema: document }, send)
  app.get('/api/v1/docs', { config, schema: pages }, async (_request, reply) => {
    return reply.redirect('/docs')
  })
}
