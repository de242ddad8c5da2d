import type { ReadAuthority } from '../../src/access/authority-reader.ts'
import { inForce } from '../../src/access/kept-authority.ts'
import type { Database } from '../../src/db/database.ts'

/** What one writes first: Prisma, with includes, for each request. */
export function naiveReader({ prisma }: Database): ReadAuthority {
  return async (subject, tenantId) => {
    if (subject.kind !== 'token_hash') throw new Error('Only tokens are measured')
    const token = await prisma.token.findUnique({
      where: { token_hash: Buffer.from(subject.token_hash, 'hex') },
      include: {
        blocks: true,
        owner: {
          include: {
            tenants: { include: { tenant: true } },
            grants: { include: { role: true, tenant: true } },
          },
        },
      },
    })
    if (token === null) return inForce(null, new Date(), null)
    const { owner } = token
    const tenants = [...owner.tenants, ...owner.grants].flatMap(({ tenant }) => tenant ?? [])
    const named = tenantId && (await prisma.tenant.findUnique({ where: { id: tenantId } }))
    return inForce(
      {
        ends_at: token.expires_at,
        is_ended: token.revoked_at !== null,
        is_session: false,
        token_limit_until: owner.token_limit_until,
        role_ids: owner.grants.map(({ role_id }) => role_id),
        facts: {
          owner,
          credential: { ...token, kind: 'personal_access_token' },
          sign_in: null,
          stored: token,
          scope: owner.tenants.flatMap(({ tenant_id, word }) => tenant_id ?? word ?? []),
          grants: owner.grants.map(({ tenant_id, role }) => ({ ...role, tenant_id })),
          blocked_tenant_ids: token.blocks.map(({ tenant_id }) => tenant_id),
          tenants: new Map(tenants.map((tenant) => [tenant.id, tenant])),
        },
      },
      new Date(),
      named || null,
    )
  }
}
