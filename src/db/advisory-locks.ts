/** Numbers that nothing else on the database uses. */

/** Held by whoever changes something on the authority of now; alone, by who changes what many hold. */
export const authorityLock = 7_261_837_404

/** The last administrator: two who end each other take turns. */
export const lastAdministratorLock = 7_261_837_403

/** Processes that start together take turns. */
export const startLock = 7_261_837_402

/** The job library is installed by one process at a time. */
export const jobsLock = 7_261_837_405
