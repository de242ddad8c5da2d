import { v7 as uuidv7 } from 'uuid'
import { systemPrincipalId } from '../../../src/db/reach-filters.ts'
import type { TestServer } from '../../support/server.ts'
import { readFacts } from './facts.ts'
import { holdings } from './oracle.ts'
import {
  builtInRoles,
  type DrawnOwner,
  duties,
  type Population,
  tenantTypes,
  words,
} from './population.ts'
import { type Credential, heldBy, type World } from './world.ts'

type Ground = {
  tenants: string[]
  roles: string[]
  places: string[]
  /** What everybody holds in every tenant that they reach, and every token stores, beside what is drawn. */
  common: string[]
}

/** Where personnel events are carried out, everybody may report and end them: what they give is the question. */
const reporting = ['personnel_events.create', 'personnel_events.approve']

/** Puts a population into the database, straight: under test is what its members do from here. */
export async function settle(
  server: TestServer,
  drawn: Population,
  carryOut: World['carryOut'] | null,
): Promise<World> {
  const { given, database } = server
  const ground = await lay(server, carryOut ? reporting : [])
  const admin = await given.admin()
  const credentials: Credential[] = [session('admin', admin.id, admin.as)]
  const partyOf = new Map([[admin.id, 'admin']])
  for (const [at, one] of drawn.people.entries()) {
    const person = await given.person()
    const books = carryOut ? ground.tenants.slice(1) : []
    for (const id of books) await given.identity(id, { email: person.email })
    partyOf.set(person.id, `person ${at}`)
    credentials.push(session(`person ${at}`, person.id, person.as))
    credentials.push(...(await equip(server, person.id, `person ${at}`, one, ground)))
  }
  for (const [at, one] of drawn.accounts.entries()) {
    const id = await given.serviceAccount([])
    partyOf.set(id, `account ${at}`)
    credentials.push(...(await equip(server, id, `account ${at}`, one, ground)))
  }

  const owners = [...partyOf.keys(), systemPrincipalId]
  const mine = { tenants: ground.tenants, roles: ground.roles, owners }
  const facts = await readFacts(database, mine)
  const held = holdings(facts)
  const others = [...partyOf.values()].filter((party) => party !== 'admin')
  const colluding = new Set(others.filter((_, at) => drawn.colluding[at]))
  const theirs = credentials.filter(({ party }) => colluding.has(party))
  const allowed = new Set(theirs.flatMap(({ key }) => [...heldBy({ held }, key)]))
  return {
    server,
    mine,
    credentials,
    partyOf,
    facts,
    held,
    colluding,
    allowed,
    carryOut,
    taken: new Map(),
  }
}

export const session = (party: string, id: string, as: string): Credential => ({
  name: `session of ${party}`,
  party,
  owner_id: id,
  key: id,
  as,
})

async function lay({ given }: TestServer, common: string[]): Promise<Ground> {
  const tenants: string[] = []
  for (const type of tenantTypes) tenants.push((await given.tenant(type)).id)
  const roles: string[] = []
  for (const permissions of duties) roles.push(await given.role(permissions))
  for (const name of builtInRoles) roles.push(await given.roleId(name))
  return { tenants, roles, places: [...tenants, ...words], common }
}

async function equip(
  { given, database }: TestServer,
  owner_id: string,
  party: string,
  drawn: DrawnOwner,
  { tenants, roles, places, common }: Ground,
): Promise<Credential[]> {
  const entriesOf = (numbers: number[]) => numbers.map((at) => places[at] ?? '')
  for (const entry of entriesOf(drawn.entries)) await given.scope(owner_id, entry)
  for (const { role, tenant } of drawn.grants) {
    await database.sql(
      `INSERT INTO grants (id, user_id, role_id, tenant_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [uuidv7(), owner_id, roles[role], tenant === null ? null : tenants[tenant]],
    )
  }
  const shared = common.length > 0 ? tenants : []
  for (const tenant_id of shared) await given.grant(owner_id, { permissions: common, tenant_id })
  const { token } = drawn
  if (!token) return []
  const drawnDuties = token.duties.flatMap((duty) => duties[duty] ?? [])
  const permissions = [...new Set([...drawnDuties, ...common])]
  const { id, as } = await given.token(owner_id, { permissions, tenants: entriesOf(token.entries) })
  if (token.blocked !== null) {
    await database.sql(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)`,
      [id, tenants[token.blocked], owner_id],
    )
  }
  return [{ name: `token of ${party}`, party, owner_id, key: id, as }]
}
