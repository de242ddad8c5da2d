import type { Module } from '../../operation.ts'
import { approvePersonnelEvent } from './approve-personnel-event.ts'
import { cancelPersonnelEvent } from './cancel-personnel-event.ts'
import { getPersonnelEvent } from './get-personnel-event.ts'
import { listPersonnelEvents } from './list-personnel-events.ts'
import { reportLeaveOfAbsence } from './report-leave-of-absence.ts'
import { reportOffboarding } from './report-offboarding.ts'
import { reportOnboarding } from './report-onboarding.ts'
import { reportRoleTransition } from './report-role-transition.ts'
import { PersonnelEvent } from './resource.ts'
import { carryOutPersonnelEvent, findDuePersonnelEvents } from './run/works.ts'

export const personnelEvents: Module = {
  schemas: [PersonnelEvent],
  operations: [
    reportOnboarding,
    reportOffboarding,
    reportRoleTransition,
    reportLeaveOfAbsence,
    listPersonnelEvents,
    getPersonnelEvent,
    approvePersonnelEvent,
    cancelPersonnelEvent,
  ],
  works: [carryOutPersonnelEvent, findDuePersonnelEvents],
}
