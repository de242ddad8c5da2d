/** The time of this process. What must agree between processes asks the database's clock instead. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()
