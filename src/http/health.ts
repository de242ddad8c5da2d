import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { isPublic } from '../access/declaration.ts'
import { unavailable } from './errors.ts'

/** `/healthz`: this process answers. `/readyz`: and its database answers too. */
export async function health(app: FastifyInstance, { pool }: { pool: pg.Pool }): Promise<void> {
  const options = { config: { access: isPublic }, logLevel: 'warn' as const }
  app.get('/healthz', options, async () => ({ status: 'ok' }))
  app.get('/readyz', options, async () => {
    await pool.query('SELECT 1').catch((cause) => {
      throw unavailable('database not ready', cause)
    })
    return { status: 'ready' }
  })
}
