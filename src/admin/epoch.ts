import { deleteFactors, type FactorsDeleted } from '../accounts/delete-factors.ts'
import { type Ended, endCredentials } from '../accounts/end-credentials.ts'
import type { Transaction } from '../audit/record-event.ts'
import { recordWork } from '../audit/record-work.ts'
import { authorityLock } from '../db/advisory-locks.ts'
import { systemPrincipalId } from '../db/reach-filters.ts'
import type { AdminTools, Command } from './command.ts'
import { instantOf } from './instant-of.ts'
import { lockPerson } from './person.ts'

/** Of a platform with a million tokens it ends all in one transaction. */
const timeout = 1_800_000

/** What is asked for of factors: to leave them (null), or to take those that were added since a time, or all. */
type Taken = { since: Date | null } | null
type Done = Ended & Partial<FactorsDeleted> & { isAhead: boolean }

/**
 * Ends everything that was issued until now: to one person, or to everybody. After a restore: the backup
 * has brought back what was revoked since it was made.
 */
export const epoch: Command = {
  options: ['email?', 'factors?'],
  says: `Ends all sessions, tokens, invitations and recovery codes until now: of everybody (after a restore), or of one person.
      --factors all also takes apps, passkeys and links to identity providers; --factors <an instant> those added since.`,
  async run({ prisma, actor, write }, { email, factors }) {
    const taken = factors === undefined ? null : { since: sinceOf(factors) }
    const done = await prisma.$transaction((tx) => end(tx, actor, email, taken), { timeout })
    await write(toldOf(done))
    if (!done.isAhead) return
    await write(
      'Some of it was issued later than the clock of this database says. Until its clock has caught up, nobody can sign in.\n',
    )
  },
}

const sinceOf = (factors: string) => (factors === 'all' ? null : instantOf('factors', factors))

async function end(
  tx: Transaction,
  actor: AdminTools['actor'],
  email: string | undefined,
  taken: Taken,
): Promise<Done> {
  const person = email === undefined ? null : await lockPerson(tx, email)
  const user_id = person?.id ?? null
  const now = person?.now ?? (await lockEverybody(tx))
  const done = {
    ...(await endCredentials(tx, { user_id, now, revoked_by: systemPrincipalId })),
    ...(taken && (await deleteFactors(tx, { user_id, ...taken }))),
  }
  const { credentials_valid_from: moment } = done
  await recordWork(tx, actor, {
    action: person ? 'user.credentials_ended' : 'platform.credentials_ended',
    target_type: person ? 'user' : 'settings',
    target_id: person?.id ?? 'platform',
    tenant_ids: person?.tenant_ids ?? [],
    after: { ...done, credentials_valid_from: moment.toISOString() },
  })
  return { ...done, isAhead: moment.getTime() > now.getTime() + 1000 }
}

/**
 * Nobody signs in, adds a factor or makes a token while all of them end: it would be younger than the end, and so
 * outlive it. The moment is read when all who were at it are done.
 */
async function lockEverybody(tx: Transaction): Promise<Date> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${authorityLock})`
  await tx.$executeRaw`LOCK TABLE users IN EXCLUSIVE MODE`
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`
  return now
}

function toldOf(done: Done): string {
  const { credentials_valid_from, sessions_ended, tokens_revoked, invitations_ended } = done
  const ended =
    `Nothing that was issued until ${credentials_valid_from.toISOString()} is in force: ` +
    `${sessions_ended} sessions, ${tokens_revoked} tokens, ${invitations_ended} invitations and ` +
    `${done.recovery_codes_deleted} recovery codes ended. Who has a second factor makes new codes.\n`
  const { passkeys_deleted, totp_deleted, external_identities_deleted } = done
  if (passkeys_deleted === undefined) {
    return `${ended}Apps, passkeys and links to identity providers are as they were. A restored backup brings back those that
were removed since it was made: --factors all takes all of them, --factors <an instant> those added since.\n`
  }
  return `${ended}Taken: ${passkeys_deleted} passkeys, ${totp_deleted} apps and ${external_identities_deleted} links to identity providers. Whoever has
no password is invited anew.\n`
}
