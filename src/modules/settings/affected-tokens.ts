import type { Transaction } from '../../audit/record-event.ts'
import type { Settings } from './resource.ts'

/**
 * How many live tokens of whatever owner could not be made under these settings. By the lifetime that
 * they were given, not by what is left of it: a token of a year does not come into line by ageing.
 */
export async function affectedTokens(
  tx: Transaction,
  { max_token_lifetime_days: max, never_expiring_tokens_allowed }: Settings,
): Promise<{ exceeding_max_lifetime: number; never_expiring: number }> {
  const neverAllowed = never_expiring_tokens_allowed && max === null
  const [counts] = await tx.$queryRaw<[{ exceeding_max_lifetime: number; never_expiring: number }]>`
    SELECT
      count(*) FILTER (WHERE expires_at - created_at > make_interval(days => ${max}::int))::int
        AS exceeding_max_lifetime,
      count(*) FILTER (WHERE expires_at IS NULL AND NOT ${neverAllowed})::int AS never_expiring
    FROM tokens
    WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`
  return counts
}
