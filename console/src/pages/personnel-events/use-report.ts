import { useMutation } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import type { operations } from '../../generated/api.d.ts'
import type { EventType, PersonnelEvent } from '../../personnel-events/types.ts'

type BodyOf<Name extends keyof operations> = operations[Name] extends {
  requestBody: { content: { 'application/json': infer Body } }
}
  ? Body
  : never

type Report = {
  type: Exclude<EventType, 'onboard'>
  body: BodyOf<'reportOffboarding'> &
    BodyOf<'reportLeaveOfAbsence'> &
    BodyOf<'reportRoleTransition'>
  header: { 'Idempotency-Key': string }
}

const paths = {
  offboard: '/api/v1/personnel-events/offboard',
  role_transition: '/api/v1/personnel-events/role-transition',
  leave_of_absence: '/api/v1/personnel-events/leave-of-absence',
} as const

/** Reports what happens to somebody who is on the books. */
export function useReport(onSuccess: (event: PersonnelEvent) => void) {
  return useMutation({
    mutationFn: async ({ type, body, header }: Report): Promise<PersonnelEvent> => {
      const { data, error } = await client.POST(paths[type], { params: { header }, body })
      if (data === undefined) throw error
      return data
    },
    onSuccess,
  })
}
