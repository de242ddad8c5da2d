import {
  allowInsecureRequests,
  type CustomFetch,
  customFetch,
  discovery,
  None,
  type ServerMetadata,
} from 'openid-client'
import type { Clock } from '../clock.ts'
import type { SourceRules } from '../fetching/source-rules.ts'
import { faultOfSourceUrl } from '../fetching/source-url.ts'
import { SsoRefused } from './sso-refused.ts'

type ReadMetadata = (issuer: string) => Promise<ServerMetadata>

const keptMs = 60_000
const keptMax = 100
export const timeoutSeconds = 5

/** With a public key, and no other: neither `none` nor a client's secret signs anything (RFC 8725 §3.1). */
const asymmetric = ['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'].concat([
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
])

type Options = { fetch: CustomFetch; rules: SourceRules; clock: Clock }

/** What issuers say of themselves, kept for a minute: who starts sign-ins by the hundred asks no provider by the hundred. */
export function metadataReader(options: Options): ReadMetadata {
  const kept = new Map<string, { until: number; metadata: Promise<ServerMetadata> }>()
  return (issuer) => {
    const now = options.clock().getTime()
    const known = kept.get(issuer)
    if (known && now < known.until) return known.metadata
    if (kept.size >= keptMax) kept.clear()
    const metadata = read(issuer, options)
    kept.set(issuer, { until: now + keptMs, metadata })
    metadata.catch(() => kept.delete(issuer))
    return metadata
  }
}

async function read(issuer: string, { fetch, rules }: Options): Promise<ServerMetadata> {
  const config = await discovery(new URL(issuer), 'postern', undefined, None(), {
    [customFetch]: fetch,
    timeout: timeoutSeconds,
    ...(rules.allowsHttp && { execute: [allowInsecureRequests] }),
  })
  const { supportsPKCE: _, ...metadata } = config.serverMetadata()
  // To the letter, also where the library makes an exception for a well-known provider.
  if (metadata.issuer !== issuer) throw new SsoRefused('the metadata is of another issuer')
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const) {
    const fault = faultOfSourceUrl(metadata[name] ?? '', rules)
    if (fault !== null) throw new SsoRefused(`${name} ${fault}`)
  }
  const told = metadata.id_token_signing_alg_values_supported ?? ['RS256']
  const algorithms = told.filter((one) => asymmetric.includes(one))
  if (algorithms.length === 0) throw new SsoRefused('it signs with no public key')
  return { ...metadata, id_token_signing_alg_values_supported: algorithms }
}
