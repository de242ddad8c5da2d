import type { Choice } from './choice.ts'
import type { Operation } from './operation.ts'

const today = () => new Date().toISOString().slice(0, 10)
const role = (choice: Choice) => choice.one(choice.world.facts.roles)?.id ?? ''
const person = (choice: Choice) => choice.one(choice.world.facts.identities)?.id ?? ''

/** What is reported of people. Each is approved and carried out at once, so that what it gives is seen as its reporter's. */
export const reporting = {
  reportOnboarding: {
    weight: 15,
    needs: 'personnel_events.create',
    draw: (choice) => ({
      method: 'POST',
      path: '/personnel-events/onboard',
      body: {
        tenant_id: choice.tenant(),
        identity: {
          first_name: 'New',
          last_name: 'Comer',
          email: choice.one(choice.world.facts.owners.flatMap(({ email }) => email ?? [])) ?? '',
        },
        user: { role_ids: [role(choice)] },
        effective_date: today(),
      },
    }),
  },
  reportRoleTransition: {
    weight: 20,
    needs: 'personnel_events.create',
    draw: (choice) => {
      const [added, removed] = [role(choice), role(choice)]
      return {
        method: 'POST',
        path: '/personnel-events/role-transition',
        body: {
          identity_id: person(choice),
          effective_date: today(),
          ...(choice.rarely(2) && { end_date: '2999-01-01' }),
          add_role_ids: [added],
          remove_role_ids: added === removed ? [] : [removed],
        },
      }
    },
  },
  reportLeaveOfAbsence: {
    weight: 20,
    needs: 'personnel_events.create',
    draw: (choice) => ({
      method: 'POST',
      path: '/personnel-events/leave-of-absence',
      body: { identity_id: person(choice), effective_date: today() },
    }),
  },
  reportOffboarding: {
    weight: 2,
    needs: 'personnel_events.create',
    draw: (choice) => ({
      method: 'POST',
      path: '/personnel-events/offboard',
      body: { identity_id: person(choice), effective_date: today() },
    }),
  },
} satisfies Record<string, Operation>

/** What gives back. */
export const ending = {
  cancelPersonnelEvent: {
    weight: 30,
    needs: 'personnel_events.approve',
    draw: (choice) => {
      const event = choice.one(choice.world.facts.events)
      return event && { method: 'POST', path: `/personnel-events/${event.id}/cancel` }
    },
  },
} satisfies Record<string, Operation>
