import type { RequestListener } from 'node:http'
import Provider from 'oidc-provider'
import { type SourceServer, startSource } from './source-server.ts'

export type HonestProvider = SourceServer & {
  /** What was asked of its authorization endpoint, last. */
  asked(): Record<string, unknown>
  /** How often it has asked somebody who they are. */
  interactions(): number
}

type Client = { client_id: string; client_secret?: string; redirect_uris: string[] }

/**
 * A certified provider (oidc-provider), which demands PKCE. Who signs in there is said by the header `x-login`; it
 * tells an address and a name at its userinfo endpoint alone, as it does by default.
 */
export async function startHonestProvider(
  clientsOf: () => Client[],
): Promise<HonestProvider & { open(): void }> {
  let handle: RequestListener = (_request, response) => void response.writeHead(503).end()
  let asked: Record<string, unknown> = {}
  let interactions = 0
  const source = await startSource((request, response) => handle(request, response), {
    plain: true,
  })
  return {
    ...source,
    asked: () => asked,
    interactions: () => interactions,
    /** When its clients are known, which need to know its issuer. */
    open() {
      const provider = new Provider(source.url, {
        clients: clientsOf().map((client) => ({
          ...client,
          ...(!client.client_secret && { token_endpoint_auth_method: 'none' as const }),
        })),
        ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
        pkce: { required: () => true },
        features: { devInteractions: { enabled: false } },
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
        findAccount: (_ctx, id) => ({
          accountId: id,
          claims: async () => ({
            sub: id,
            email: `${id}@example.com`,
            email_verified: true,
            name: `${id} of the provider`,
          }),
        }),
        async loadExistingGrant({ oidc }) {
          const { client, session, provider: of } = oidc
          const { accountId } = session ?? {}
          if (!client || !accountId) return undefined
          const grant = new of.Grant({ clientId: client.clientId, accountId })
          grant.addOIDCScope('openid email profile')
          await grant.save()
          return grant
        },
      })
      provider.on('authorization.accepted', (ctx) => {
        asked = { ...ctx.oidc.params }
      })
      const answer = provider.callback()
      handle = (request, response) => {
        if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
        interactions += 1
        const accountId = `${request.headers['x-login']}`
        provider.interactionFinished(request, response, { login: { accountId } }).catch(() => {
          response.writeHead(500).end()
        })
      }
    },
  }
}
