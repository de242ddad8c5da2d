import { v7 as uuidv7 } from 'uuid'
import { expect } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { bySession, type Mutation } from './mutation.ts'

/** The operations of personnel events, each with its own scene. */
export const personnelEventMutations: Record<string, (server: TestServer) => Promise<Mutation>> = {
  reportOnboarding: async (server) => {
    const { administrator, tenant } = await sceneOf(server)
    const identity = { first_name: 'Grace', last_name: 'Hopper' }
    const body = { tenant_id: tenant.id, identity, effective_date: '2026-01-01' }
    return reported(administrator, tenant.id, 'onboard', body, {
      type: 'onboard',
      identity_id: null,
      identity: expect.objectContaining(identity),
    })
  },

  reportOffboarding: async (server) => {
    const { administrator, tenant, identity_id } = await sceneOf(server)
    const body = { identity_id, effective_date: someDay }
    return reported(administrator, tenant.id, 'offboard', body, { type: 'offboard', identity_id })
  },

  reportRoleTransition: async (server) => {
    const { administrator, tenant, identity_id } = await sceneOf(server)
    const add_role_ids = [await server.given.role(['tenants.read'])]
    const body = { identity_id, effective_date: someDay, add_role_ids }
    return reported(administrator, tenant.id, 'role-transition', body, {
      type: 'role_transition',
      identity_id,
      add_role_ids,
    })
  },

  reportLeaveOfAbsence: async (server) => {
    const { administrator, tenant, identity_id } = await sceneOf(server)
    const body = { identity_id, effective_date: someDay, end_date: '2999-02-01' }
    return reported(administrator, tenant.id, 'leave-of-absence', body, {
      type: 'leave_of_absence',
      identity_id,
      end_date: '2999-02-01',
    })
  },

  approvePersonnelEvent: (server) => moved(server, 'approve', 'approved', 'scheduled'),
  cancelPersonnelEvent: (server) => moved(server, 'cancel', 'canceled', 'canceled'),

  renewInvitation: async ({ given }) => {
    const tenant = await given.tenant()
    const administrator = await given.admin()
    const user = await given.person({ tenants: [tenant.id], status: 'invited' })
    return {
      method: 'POST',
      path: `/users/${user.id}/invitation`,
      as: administrator.as,
      status: 201,
      event: () => ({
        ...bySession(administrator),
        action: 'user.invitation_renewed',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
      }),
      secrets: ({ body }) => [body.invitation_url?.split('token=')[1] ?? 'no link here'],
    }
  },
}

const someDay = '2999-01-01'

async function sceneOf({ given, database }: TestServer) {
  const tenant = await given.tenant()
  const administrator = await given.admin()
  const identity_id = uuidv7()
  await database.sql(
    `INSERT INTO identities (id, tenant_id, first_name, last_name) VALUES ($1, $2, 'Grace', 'Hopper')`,
    [identity_id, tenant.id],
  )
  return { tenant, administrator, identity_id }
}

type Administrator = Awaited<ReturnType<typeof sceneOf>>['administrator']

function reported(
  administrator: Administrator,
  tenant_id: string,
  kind: string,
  body: object,
  after: object,
): Mutation {
  return {
    method: 'POST',
    path: `/personnel-events/${kind}`,
    as: administrator.as,
    body,
    status: 201,
    event: (answer) => ({
      ...bySession(administrator),
      action: 'personnel_event.created',
      target_type: 'personnel_event',
      target_id: answer.body.id,
      tenant_ids: [tenant_id],
      before: null,
      after: expect.objectContaining(after),
    }),
  }
}

async function moved(
  server: TestServer,
  verb: string,
  action: string,
  status: string,
): Promise<Mutation> {
  const { administrator, tenant, identity_id } = await sceneOf(server)
  const { as } = administrator
  const body = { identity_id, effective_date: someDay }
  const { id } = (await server.call('POST', '/personnel-events/offboard', { as, body })).body
  return {
    method: 'POST',
    path: `/personnel-events/${id}/${verb}`,
    as,
    status: 200,
    event: () => ({
      ...bySession(administrator),
      action: `personnel_event.${action}`,
      target_type: 'personnel_event',
      target_id: id,
      tenant_ids: [tenant.id],
      before: { status: 'pending' },
      after: { status },
    }),
  }
}
