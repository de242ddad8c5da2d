/** What RFC 3339 can write and PostgreSQL can hold: it knows no year 0. */
const firstInstant = new Date('0001-01-01T00:00:00.000Z')
/** The last of them: an offset may carry a well-formed text beyond it. */
export const lastInstant = new Date('9999-12-31T23:59:59.999Z')

/** Well-formed text may mean an instant that is none, or one that the database does not know. */
export const isInstant = (at: Date): boolean => at >= firstInstant && at <= lastInstant
