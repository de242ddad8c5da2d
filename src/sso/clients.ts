import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  type CustomFetch,
  customFetch,
  enableNonRepudiationChecks,
  None,
  type ServerMetadata,
} from 'openid-client'
import type { Sealing } from '../access/sealing.ts'
import type { Clock } from '../clock.ts'
import type { SourceRules } from '../fetching/source-rules.ts'
import { placeOfClientSecret } from './client-secret.ts'
import { metadataReader, timeoutSeconds } from './metadata.ts'
import { SsoRefused } from './sso-refused.ts'

export type Provider = {
  id: string
  issuer: string
  client_id: string
  client_secret: Uint8Array | null
}

/** This deployment as the client of a provider. Throws an SsoRefused where the provider can't be asked. */
export type IdentityProviderClients = (provider: Provider) => Promise<Configuration>

type Options = { fetch: CustomFetch; rules: SourceRules; sealing: Sealing; clock: Clock }

/** What asks providers asks through `fetch`, which is guarded. */
export function identityProviderClients(options: Options): IdentityProviderClients {
  const { fetch, rules, sealing } = options
  const readMetadata = metadataReader(options)
  return async (provider) => {
    const metadata = await readMetadata(provider.issuer).catch((error) => {
      throw new SsoRefused('no metadata', error)
    })
    const auth = authOf(metadata, secretOf(provider, sealing))
    const config = new Configuration(metadata, provider.client_id, undefined, auth)
    config[customFetch] = fetch
    config.timeout = timeoutSeconds
    if (rules.allowsHttp) allowInsecureRequests(config)
    // Else the ID token's signature would not be looked at, as it comes from the token endpoint itself.
    enableNonRepudiationChecks(config)
    return config
  }
}

function secretOf({ id, client_secret }: Provider, sealing: Sealing): string | null {
  if (client_secret === null) return null
  const secret = sealing.open(placeOfClientSecret(id), client_secret)
  if (secret === null) throw new SsoRefused('the client secret was sealed with another key: set it')
  return secret
}

/** `client_secret_basic` is what is meant where a provider says nothing (OpenID Connect Discovery §3). */
function authOf(metadata: ServerMetadata, secret: string | null): ClientAuth {
  if (secret === null) return None()
  const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = metadata
  return methods.includes('client_secret_basic')
    ? ClientSecretBasic(secret)
    : ClientSecretPost(secret)
}
