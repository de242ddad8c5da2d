import OAuth2Server from '@node-oauth/oauth2-server'
import pg from 'pg'
import { authorityStatements } from '../../src/access/authority-query.ts'
import { hexHashOf } from '../../src/access/token.ts'
import { answerAfter, tokenOf } from './answer.ts'

/** Its authenticate() over our own prepared read of an authority, once per request. */
const pool = new pg.Pool({ connectionString: process.env['POSTERN_DATABASE_URL'] ?? '', max: 10 })
const server = new OAuth2Server({
  model: {
    async getAccessToken(accessToken) {
      const values = [hexHashOf(accessToken)]
      const { rows } = await pool.query({ ...authorityStatements.token_hash, values })
      if (!rows[0]) return null
      const accessTokenExpiresAt = new Date(Date.now() + 60_000)
      return {
        accessToken,
        accessTokenExpiresAt,
        client: { id: 'bench', grants: [] },
        user: rows[0],
      }
    },
    getClient: async () => null,
    saveToken: async () => null,
  },
})
await answerAfter(async (authorization) => {
  const request = new OAuth2Server.Request({
    method: 'GET',
    query: {},
    headers: { authorization: `Bearer ${tokenOf(authorization)}` },
  })
  await server.authenticate(request, new OAuth2Server.Response({ headers: {} }))
})
