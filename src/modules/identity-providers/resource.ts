import { Type } from 'typebox'
import type { Prisma } from '../../generated/prisma/client.ts'
import { Id, Line, nullable, ref, ScopeEntry, Timestamp } from '../../http/schemas.ts'
import { redirectUriOf } from '../../sso/redirect-uri.ts'

export const ProviderName = Line(100, ['Contoso'])

export const Issuer = Type.String({
  minLength: 1,
  maxLength: 500,
  description: 'As the provider itself spells it, to the letter',
  examples: ['https://login.example.com'],
})

export const ClientId = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: '^[\\x21-\\x7e]+$',
  'x-message': 'must be printable characters without spaces',
  examples: ['postern'],
})

/** Characters of RFC 6749 appendix A.2. */
export const ClientSecret = nullable(
  Type.String({
    minLength: 1,
    maxLength: 1000,
    pattern: '^[\\x20-\\x7e]+$',
    'x-message': 'must be printable characters',
    description: 'Never shown again; null for a client without one',
    examples: ['a secret of the provider'],
  }),
)

export const AllowedDomains = Type.Array(
  Type.String({
    maxLength: 253,
    pattern: '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}$',
    'x-message': 'must be a domain in lower case',
    examples: ['example.com'],
  }),
  {
    maxItems: 100,
    uniqueItems: true,
    description: 'Whose addresses new people may have; not their subdomains',
  },
)

const RoleGrant = { role_id: Id, tenant_id: nullable(Id) }

const jitFields = {
  enabled: Type.Boolean({
    description: 'Whether people whom nobody knows yet become users when they sign in',
    examples: [true],
  }),
  tenants: Type.Array(ScopeEntry, {
    maxItems: 100,
    uniqueItems: true,
    description: 'Their tenant scope',
  }),
}

export const JustInTime = Type.Object(
  {
    ...jitFields,
    grants: Type.Array(Type.Object(RoleGrant, { additionalProperties: false }), {
      maxItems: 20,
      uniqueItems: true,
      description: 'Their roles. Whoever sets this holds all of it',
    }),
  },
  { additionalProperties: false },
)

export const providerFields = {
  id: Id,
  name: Type.String({ examples: ['Contoso'] }),
  issuer: Issuer,
  client_id: ClientId,
  has_client_secret: Type.Boolean({ examples: [true] }),
  redirect_uri: Type.String({
    description: 'To be registered with the provider',
    examples: [
      'https://postern.example/api/v1/auth/sso/0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11/callback',
    ],
  }),
  allowed_domains: Type.Array(Type.String({ examples: ['example.com'] })),
  jit: Type.Object({ ...jitFields, grants: Type.Array(Type.Object(RoleGrant)) }),
  is_enabled: Type.Boolean({ examples: [true] }),
  created_at: Timestamp,
  updated_at: Timestamp,
}

export const IdentityProvider = Type.Object(providerFields, { $id: 'IdentityProvider' })
export const IdentityProviderRef = ref(IdentityProvider)

export const withGrants = {
  jit_grants: {
    select: { role_id: true, tenant_id: true },
    orderBy: [{ role_id: 'asc' }, { tenant_id: 'asc' }],
  },
} satisfies Prisma.IdentityProviderInclude

export type ProviderRow = Prisma.IdentityProviderGetPayload<{ include: typeof withGrants }>

export function providerOf(row: ProviderRow, publicUrl: string) {
  const { id, name, issuer, client_id, allowed_domains, is_enabled, created_at, updated_at } = row
  return {
    ...{ id, name, issuer, client_id, allowed_domains, is_enabled, created_at, updated_at },
    has_client_secret: row.client_secret !== null,
    redirect_uri: redirectUriOf(publicUrl, id),
    jit: jitOf(row),
  }
}

export const jitOf = ({ jit_enabled, jit_tenants, jit_grants }: ProviderRow) => ({
  enabled: jit_enabled,
  tenants: jit_tenants,
  grants: jit_grants.map((grant) => ({ ...grant })),
})

/** What events tell of a provider. */
export function toldOf(row: ProviderRow) {
  const { name, issuer, client_id, allowed_domains, is_enabled } = row
  return { name, issuer, client_id, allowed_domains, is_enabled, jit: jitOf(row) }
}
