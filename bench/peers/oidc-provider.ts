import { readFileSync } from 'node:fs'
import Provider from 'oidc-provider'
import pg from 'pg'

/** Introspection of opaque tokens of client credentials, kept in PostgreSQL, one row by its key. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] ?? '', max: 10 })
await pool.query(
  'CREATE TABLE IF NOT EXISTS oidc (kind text, id text, payload jsonb, PRIMARY KEY (kind, id))',
)

class Adapter {
  kind: string
  constructor(kind: string) {
    this.kind = kind
  }
  async find(id: string) {
    const text = 'SELECT payload FROM oidc WHERE kind = $1 AND id = $2'
    const { rows } = await pool.query({ name: 'find', text, values: [this.kind, id] })
    return rows[0]?.payload
  }
  async upsert(id: string, payload: object) {
    await pool.query('INSERT INTO oidc VALUES ($1, $2, $3)', [this.kind, id, payload])
  }
}

const provider = new Provider('http://127.0.0.1', {
  adapter: Adapter,
  clients: [
    {
      client_id: 'bench',
      client_secret: 'a secret for one run only',
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    },
  ],
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    devInteractions: { enabled: false },
  },
  ttl: { ClientCredentials: 3600 },
})
const client = await provider.Client.find('bench')
const first = await new provider.ClientCredentials({ client }).save()
const tokens = readFileSync(process.env['TOKENS'] ?? '', 'utf8').split('\n')
await pool.query(
  `INSERT INTO oidc SELECT kind, token, payload || jsonb_build_object('jti', token)
   FROM oidc, unnest($1::text[]) AS given (token) WHERE id = $2`,
  [tokens, first],
)
await pool.query('ANALYZE')
provider.listen(Number(process.env['PORT']), '127.0.0.1')
