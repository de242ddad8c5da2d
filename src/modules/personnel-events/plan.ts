import type { Prisma } from '../../generated/prisma/client.ts'

/** The identity that an onboarding is to make. */
export type PlannedIdentity = {
  first_name: string
  last_name: string
  email: string | null
  title: string | null
  company: string | null
  division: string | null
  department: string | null
  office: string | null
  supervisor_id: string | null
  identity_type: string
}

/** What an event is to do, as it was reported; kept in the event's row. */
export type Plan = {
  identity: PlannedIdentity | null
  /** The user to invite into the tenant, and the roles to give there. */
  user: { role_ids: string[] } | null
  add_role_ids: string[]
  remove_role_ids: string[]
}

export const noPlan: Plan = { identity: null, user: null, add_role_ids: [], remove_role_ids: [] }

export const planOf = ({ plan }: { plan: Prisma.JsonValue }): Plan => ({
  ...noPlan,
  ...(plan as unknown as Partial<Plan>),
})

/** The roles that an event gives. */
export const rolesGiven = ({ user, add_role_ids }: Plan): string[] => [
  ...(user?.role_ids ?? []),
  ...add_role_ids,
]

/** A role that somebody held, as wide as it was then. */
export type HeldRole = { role_id: string; permissions: string[] }

/** What an event did to whom, so that just this is turned back; kept in the event's row. */
export type Taken = {
  user_id: string | null
  /** Was the tenant taken out of the user's tenant scope; or by an onboarding, put into it? */
  scope_entry: boolean
  /** The grants that it made. */
  added: { grant_id: string; role_id: string }[]
  /** The roles that it took: with their grants, or out of force with the tenant. */
  roles: HeldRole[]
}

export const nothingTaken: Taken = { user_id: null, scope_entry: false, added: [], roles: [] }

export const takenOf = ({ taken }: { taken: Prisma.JsonValue }): Taken =>
  (taken as unknown as Taken | null) ?? nothingTaken
