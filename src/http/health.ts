import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { Type } from 'typebox'
import { isPublic } from '../access/declaration.ts'
import { unavailable } from './errors.ts'

const Status = (status: string) => Type.Object({ status: Type.String({ examples: [status] }) })

const alive = {
  operationId: 'getHealth',
  summary: 'See whether this process answers',
  tags: ['service'],
  response: { 200: Status('ok') },
}

const ready = {
  operationId: 'getReadiness',
  summary: 'See whether this process and its database answer',
  tags: ['service'],
  response: { 200: Status('ready') },
}

/** `/healthz`: this process answers. `/readyz`: and its database answers too. */
export async function health(app: FastifyInstance, { pool }: { pool: pg.Pool }): Promise<void> {
  const options = { config: { access: isPublic }, logLevel: 'warn' as const }
  app.get('/healthz', { ...options, schema: alive }, async () => ({ status: 'ok' }))
  app.get('/readyz', { ...options, schema: ready }, async () => {
    await pool.query('SELECT 1').catch((cause) => {
      throw unavailable('database not ready', cause)
    })
    return { status: 'ready' }
  })
}
