import type { FastifyRequest } from 'fastify'
import { isScopeWord } from '../../access/scope.ts'
import { scopeRow } from '../../accounts/scope-entry.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { SsoRefused } from '../../sso/sso-refused.ts'
import type { Details, Vouched } from '../../sso/vouched.ts'
import { isEmail, isName } from './forms.ts'

export type JitProvider = Prisma.IdentityProviderGetPayload<{ include: { jit_grants: true } }>

/** Throws an SsoRefused for whom this provider may not bring; answers with the address that they are let in by. */
export function requireNewcomer(provider: JitProvider, details: Details): string {
  if (!provider.jit_enabled) throw new SsoRefused('unknown, and nobody comes just in time')
  return requireAllowed(provider, details)
}

/** Throws an SsoRefused for who has no verified address in one of the domains that are allowed. */
export function requireAllowed(
  { allowed_domains }: Pick<JitProvider, 'allowed_domains'>,
  { email, is_email_verified }: Details,
): string {
  if (email === null || !isEmail(email)) throw new SsoRefused('no e-mail address')
  if (!is_email_verified) throw new SsoRefused('the e-mail address is not verified')
  if (!allowed_domains.includes(email.slice(email.lastIndexOf('@') + 1))) {
    throw new SsoRefused('the e-mail address is of no domain that is allowed')
  }
  return email
}

/** The user of somebody who came just in time, with the scope and the roles that the provider gives. */
export async function createNewcomer(
  tx: Transaction,
  request: FastifyRequest,
  { id: identity_provider_id, jit_tenants, jit_grants }: JitProvider,
  { issuer, subject }: Vouched,
  { email, name }: { email: string; name: string | null },
): Promise<{ id: string; name: string }> {
  const grants = jit_grants.map(({ role_id, tenant_id }) => ({ role_id, tenant_id }))
  const user = await tx.user.create({
    data: {
      email,
      name: name !== null && isName(name) ? name : email.slice(0, 100),
      status: 'active',
      tenants: { create: jit_tenants.map(scopeRow) },
      grants: { create: grants },
      external_identities: { create: { identity_provider_id, issuer, subject, email } },
    },
  })
  const named = jit_tenants.filter((entry) => !isScopeWord(entry))
  const event = {
    action: 'user.created',
    target_type: 'user',
    target_id: user.id,
    tenant_ids: [...new Set([...named, ...grants.flatMap(({ tenant_id }) => tenant_id ?? [])])],
    after: {
      ...{ email, name: user.name, tenants: jit_tenants, grants },
      external_identity: { identity_provider_id, issuer, subject },
    },
  }
  await recordEvent(tx, request, event, user)
  return user
}
