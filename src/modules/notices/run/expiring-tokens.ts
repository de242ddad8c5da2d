import type { Transaction } from '../../../audit/record-event.ts'
import { systemPrincipalId } from '../../../db/reach-filters.ts'
import { Prisma } from '../../../generated/prisma/client.ts'

export type Due = {
  token_id: string
  name: string
  owner_id: string
  owner_name: string
  expires_at: Date
  days: number
}

/**
 * What is still to be said of tokens, and to whom, as SQL: each token in the last of its stages, unless this person
 * was told of that one or a later one. Days are those of UTC: what is due at any time of a day is said in
 * its one mail. A token that lives no longer than a stage is no news when it comes to it.
 */
const due = Prisma.sql`
  SELECT person.id AS user_id, t.id AS token_id, t.name, o.id AS owner_id, o.name AS owner_name,
    t.expires_at, stage.days
  FROM tokens t
  JOIN users o ON o.id = t.owner_id AND o.deleted_at IS NULL AND o.status = 'active'
  CROSS JOIN LATERAL (
    SELECT o.id AS user_id WHERE NOT o.is_service_account
    UNION SELECT a.user_id FROM accountable_people a WHERE a.service_account_id = o.id
    UNION SELECT t.created_by WHERE o.id = ${systemPrincipalId}::uuid
  ) concerned
  JOIN users person ON person.id = concerned.user_id
    AND person.status = 'active' AND person.deleted_at IS NULL AND NOT person.is_service_account
  LEFT JOIN notice_preferences wanted ON wanted.user_id = person.id
  CROSS JOIN LATERAL (
    SELECT CASE WHEN t.expires_at <= now() THEN 0 ELSE (
      SELECT min(d) FROM unnest(ARRAY[1, 7, 30]) d
      WHERE (t.expires_at AT TIME ZONE 'UTC')::date - (now() AT TIME ZONE 'UTC')::date <= d
    ) END AS days
  ) stage
  WHERE t.revoked_at IS NULL
    AND t.expires_at BETWEEN now() - interval '7 days' AND now() + interval '31 days'
    AND t.expires_at - t.created_at > make_interval(days => stage.days)
    AND coalesce(wanted.token_expiry, true)
    AND NOT EXISTS (
      SELECT FROM token_notices n
      WHERE n.token_id = t.id AND n.user_id = person.id AND n.days <= stage.days
    )`

export type ToTell = { user_id: string; token_ids: string[] }

/** Whoever is to be told of something, and has not had today's mail; of each, the thousand that expire first. */
export function peopleToTell(tx: Pick<Transaction, '$queryRaw'>): Promise<ToTell[]> {
  return tx.$queryRaw<ToTell[]>`
    SELECT due.user_id,
      (array_agg(due.token_id::text ORDER BY due.expires_at, due.token_id))[:1000] AS token_ids
    FROM (${due}) due
    WHERE NOT EXISTS (${mailOfToday(Prisma.sql`due.user_id`)})
    GROUP BY due.user_id ORDER BY due.user_id LIMIT 10000`
}

/**
 * What of these tokens is due to this person now; nothing if they have had today's mail. Call it under their lock.
 * By tokens: from the person alone PostgreSQL would read all that expire, for each person again.
 */
export function dueTo(tx: Transaction, { user_id, token_ids }: ToTell): Promise<Due[]> {
  return tx.$queryRaw<Due[]>`
    SELECT * FROM (${due}) due
    WHERE due.user_id = ${user_id}::uuid AND due.token_id = ANY(${token_ids}::uuid[])
      AND NOT EXISTS (${mailOfToday(Prisma.sql`${user_id}::uuid`)})
    ORDER BY due.expires_at, due.token_id`
}

const mailOfToday = (user_id: Prisma.Sql) => Prisma.sql`
  SELECT FROM mails m WHERE m.user_id = ${user_id} AND m.kind = 'tokens_expiring'
    AND m.created_at >= date_trunc('day', now(), 'UTC')`
