import { createHmac, randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { type SourceServer, startSource } from './source-server.ts'

/** How the ID token is signed. */
type Signed =
  | 'well'
  | 'none'
  | 'not at all'
  | 'HS256 with the public key'
  | 'by another key'
  | 'cut'

/** What this provider says next; whatever isn't named is in order. */
export type Behaviour = {
  claims?: JWTPayload
  /** Claims to leave out. */
  without?: string[]
  signed?: Signed
  metadata?: Record<string, unknown>
  userinfo?: Record<string, unknown>
  /** Instead of an answer, by path. */
  paths?: Record<string, RequestListener>
}

export type EvilProvider = SourceServer & {
  behave(behaviour: Behaviour): void
  /** Of the sign-in that is to be answered. */
  nonce: string
  /** The paths that anybody has asked for, in order. */
  asked: string[]
  /** The bodies that came to the token endpoint. */
  exchanges: URLSearchParams[]
  /** What it has signed, last. */
  id_token: string
}

/** A provider that signs whatever it is told to, with jose: for what no honest one says. */
export async function startEvilProvider(): Promise<EvilProvider> {
  const own = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256')
  let behaviour: Behaviour = {}
  const asked: string[] = []
  const exchanges: URLSearchParams[] = []

  const source = await startSource(
    (request, response) => {
      const path = request.url?.split('?')[0] ?? ''
      asked.push(path)
      const instead = behaviour.paths?.[path]
      if (instead) return instead(request, response)
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        if (path === '/token') exchanges.push(new URLSearchParams(Buffer.concat(chunks).toString()))
        answer(path).then((body) =>
          response
            .writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
            .end(JSON.stringify(body)),
        )
      })
      return undefined
    },
    { plain: true },
  )
  const evil = Object.assign(source, {
    nonce: '',
    id_token: '',
    asked,
    exchanges,
    behave(next: Behaviour) {
      behaviour = next
    },
  })
  return evil

  async function answer(path: string): Promise<object | null> {
    const { url } = source
    if (path === '/.well-known/openid-configuration') {
      return {
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/jwks`,
        userinfo_endpoint: `${url}/userinfo`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        ...behaviour.metadata,
      }
    }
    // Without `alg`: then it is the token's header that could choose.
    if (path === '/jwks') return { keys: [{ ...(await exportJWK(own.publicKey)), kid: '1' }] }
    if (path === '/userinfo') return behaviour.userinfo ?? null
    if (path !== '/token') return null
    evil.id_token = await idToken()
    return {
      access_token: randomBytes(8).toString('hex'),
      token_type: 'Bearer',
      id_token: evil.id_token,
    }
  }

  async function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const said: JWTPayload = {
      ...{ iss: source.url, aud: 'postern', sub: 'ada', nonce: evil.nonce },
      ...{ iat: now, exp: now + 300 },
      ...behaviour.claims,
    }
    const without = behaviour.without ?? []
    const claims = Object.fromEntries(
      Object.entries(said).filter(([name]) => !without.includes(name)),
    )
    return sign(claims, behaviour.signed ?? 'well')
  }

  async function sign(claims: JWTPayload, signed: Signed): Promise<string> {
    const by = (key: typeof own.privateKey) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: '1' }).sign(key)
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const body = (alg: string) => `${encode({ alg, kid: '1' })}.${encode(claims)}`
    if (signed === 'none') return `${body('none')}.`
    if (signed === 'not at all') return `${body('RS256')}.`
    if (signed === 'by another key') return by(other.privateKey)
    if (signed === 'cut') return (await by(own.privateKey)).split('.').slice(0, 2).join('.')
    if (signed === 'well') return by(own.privateKey)
    const hmac = createHmac('sha256', await exportSPKI(own.publicKey))
    return `${body('HS256')}.${hmac.update(body('HS256')).digest('base64url')}`
  }
}
