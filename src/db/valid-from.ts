/**
 * SQL: since when credentials of this row of `users` count, in a query that also reads `settings`; null:
 * all do. What was made at that very time doesn't, or a restored backup could bring back what is as old.
 */
export const validFrom = (users: string) =>
  `greatest(${users}.credentials_valid_from, settings.credentials_valid_from)`
