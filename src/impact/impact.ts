import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { Authority } from '../access/authority.ts'
import { changing, type Touched } from '../access/changing.ts'
import { type Place, refusingLeg } from '../access/decide.ts'
import { effectiveEntries } from '../access/effective.ts'
import type { Permission } from '../access/permissions.ts'
import { isScopeWord, type TenantFacts } from '../access/scope.ts'
import type { Transaction } from '../audit/record-event.ts'
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { unavailable } from '../http/errors.ts'
import { authorityOf, type LiveToken, liveTokens } from './live-tokens.ts'
import { type Impact, listedMax } from './resource.ts'

type Change = {
  /** Whose authority the change locks (access/changing.ts). */
  touched: Touched
  /** The tokens that the change may touch. */
  where: Prisma.TokenWhereInput
  /** A token as it will be; null: ended. */
  after: (token: LiveToken) => LiveToken | null
  /** Where a tenant ends: what is held there, rather than at the places that the token names. */
  tenant?: TenantFacts
}

/** Each token is looked at: beyond some ten thousand the time is up, and the answer 503. */
const impactMs = 10_000

/** Each holds a connection for as long as it takes, and those are for everybody. */
const atOnceMax = 2
let atOnce = 0

/**
 * What a change would take from live tokens. First the change itself is made with all its checks and undone,
 * so that who may not make it learns nothing; then what each token holds is compared with what it would.
 */
export async function impactOf(
  prisma: PrismaClient,
  request: FastifyRequest,
  change: (tx: Transaction) => Promise<unknown>,
  planned: Change,
): Promise<Static<typeof Impact>> {
  await rehearse(prisma, request, planned.touched, change)
  return oneOfFew(() =>
    prisma.$transaction((tx) => compare(tx, planned), {
      isolationLevel: 'RepeatableRead',
      timeout: impactMs,
    }),
  )
}

async function compare(
  tx: Transaction,
  { where, after, tenant }: Change,
): Promise<Static<typeof Impact>> {
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT now() AS now`
  const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
  const impact: Static<typeof Impact> = { total: 0, tokens: [] }
  for await (const { tokens, stored } of liveTokens(tx, where, now)) {
    for (const token of tokens) {
      const next = after(token)
      const then = next && authorityOf(next, stored, now)
      const loses = pairsHeld(authorityOf(token, stored, now), catalogue, tenant).filter(
        ({ permission, place }) => !then || refusingLeg(then, permission, place) !== null,
      )
      if (loses.length === 0) continue
      impact.total += 1
      if (impact.tokens.length < listedMax) impact.tokens.push(rowOf(token, loses))
    }
  }
  return impact
}

async function oneOfFew<Result>(task: () => Promise<Result>): Promise<Result> {
  if (atOnce >= atOnceMax) throw unavailable('too many impacts at once')
  atOnce += 1
  try {
    return await task()
  } finally {
    atOnce -= 1
  }
}

class Undo extends Error {}

async function rehearse(
  prisma: PrismaClient,
  request: FastifyRequest,
  touched: Touched,
  change: (tx: Transaction) => Promise<unknown>,
): Promise<void> {
  const undo = new Undo()
  await changing(prisma, request, touched, async (tx) => {
    await change(tx)
    throw undo
  }).catch((error) => {
    if (error !== undo) throw error
  })
}

type Pair = { permission: Permission; place: Place }

/** What a token holds: in one tenant, or wherever its sets name a place. */
function pairsHeld(
  authority: Authority,
  catalogue: readonly Permission[],
  tenant: TenantFacts | undefined,
): Pair[] {
  if (tenant) {
    return catalogue
      .filter((permission) => refusingLeg(authority, permission, tenant) === null)
      .map((permission) => ({ permission, place: tenant }))
  }
  const known = new Map(catalogue.map((permission) => [permission.name, permission]))
  return effectiveEntries(authority, catalogue).flatMap(({ tenant_id, permissions }) =>
    permissions.flatMap((name) => {
      const permission = known.get(name)
      return permission ? [{ permission, place: placeOf(authority, tenant_id) }] : []
    }),
  )
}

function placeOf({ tenants }: Authority, entry: string | null): Place {
  return entry === null || isScopeWord(entry) ? entry : (tenants.get(entry) ?? null)
}

function rowOf({ id, name, hint, owner_id }: LiveToken, lost: readonly Pair[]) {
  const loses = lost.map(({ permission, place }) => ({
    permission: permission.name,
    tenant_id: typeof place === 'object' ? (place?.id ?? null) : place,
  }))
  return { id, name, hint, owner_id, loses }
}
