import { endCredentials } from '../accounts/end-credentials.ts'
import { recordWork } from '../audit/record-work.ts'
import { databaseNow } from '../db/now.ts'
import { systemPrincipalId } from '../db/reach-filters.ts'
import type { Command } from './command.ts'
import { lockPerson } from './person.ts'

/** Of a platform with a million tokens it ends all in one transaction. */
const timeout = 1_800_000

/**
 * Ends everything that was issued until now: to one person, or to everybody. After a restore: the backup
 * has brought back what was revoked since it was made.
 */
export const epoch: Command = {
  options: ['email?'],
  says: 'Ends all sessions, tokens and invitations until now: of everybody (after a restore), or of one person.',
  async run({ prisma, actor, write }, { email }) {
    const ended = await prisma.$transaction(
      async (tx) => {
        const person = email === undefined ? null : await lockPerson(tx, email)
        const now = person?.now ?? (await databaseNow(tx))
        const revoked_by = systemPrincipalId
        const done = await endCredentials(tx, { user_id: person?.id ?? null, now, revoked_by })
        await recordWork(tx, actor, {
          action: person ? 'user.credentials_ended' : 'platform.credentials_ended',
          target_type: person ? 'user' : 'settings',
          target_id: person?.id ?? 'platform',
          tenant_ids: person?.tenant_ids ?? [],
          after: { ...done, credentials_valid_from: done.credentials_valid_from.toISOString() },
        })
        return { ...done, isAhead: done.credentials_valid_from.getTime() > now.getTime() + 1000 }
      },
      { timeout },
    )
    const { credentials_valid_from, sessions_ended, tokens_revoked, invitations_ended } = ended
    await write(
      `Nothing that was issued until ${credentials_valid_from.toISOString()} is in force: ` +
        `${sessions_ended} sessions, ${tokens_revoked} tokens and ${invitations_ended} invitations ended.\n`,
    )
    if (!ended.isAhead) return
    await write(
      'Some of it was issued later than the clock of this database says. Until its clock has caught up, nobody can sign in.\n',
    )
  },
}
