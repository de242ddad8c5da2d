import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import pg from 'pg'
import { answerAfter, tokenOf } from './answer.ts'

/** API keys with its own adapter for PostgreSQL, without rate limits; a key carries permissions of its own. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] ?? '', max: 10 })
const options = {
  database: pool,
  secret: 'a secret for one run only, and long enough',
  baseURL: 'http://127.0.0.1',
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
  plugins: [apiKey({ rateLimit: { enabled: false } })],
}
const auth = betterAuth(options)
const { runMigrations } = await getMigrations(options)
await runMigrations()
const { user } = await auth.api.signUpEmail({
  body: { email: 'bench@example.com', password: 'a long password', name: 'Bench' },
})
const { id } = await auth.api.createApiKey({ body: { userId: user.id, name: 'first' } })

const tokens = readFileSync(process.env['TOKENS'] ?? '', 'utf8').split('\n')
const hashes = tokens.map((token) => createHash('sha256').update(token).digest('base64url'))
await pool.query(
  `INSERT INTO apikey
   SELECT (jsonb_populate_record(apikey, jsonb_build_object('id', 'k' || n, 'key', hash))).*
   FROM apikey, unnest($1::text[]) WITH ORDINALITY AS given (hash, n) WHERE id = $2`,
  [hashes, id],
)
await pool.query('ANALYZE')

await answerAfter(async (authorization) => {
  const { valid, error } = await auth.api.verifyApiKey({ body: { key: tokenOf(authorization) } })
  if (!valid) throw new Error(JSON.stringify(error))
})
