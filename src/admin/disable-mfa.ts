import { deleteFactors } from '../accounts/delete-factors.ts'
import { recordWork } from '../audit/record-work.ts'
import { endSessionsOf } from '../sessions/end-session.ts'
import { hasWayIn } from '../sessions/require-way-in.ts'
import type { Command } from './command.ts'
import { lockPerson } from './person.ts'

/**
 * Takes the second factors of a person who has lost them, and what a thief may have linked: whoever has the lost
 * device is out. The sessions end, and what is half signed in.
 */
export const disableMfa: Command = {
  options: ['email'],
  says: 'Takes a person’s passkeys, codes, recovery codes and links to identity providers, and ends the sessions. Tokens stay.',
  async run(tools, { email: given = '' }) {
    const taken = await tools.prisma.$transaction(async (tx) => {
      const person = await lockPerson(tx, given)
      const where = { user_id: person.id }
      await tx.signInChallenge.deleteMany({ where })
      const after = {
        ...(await deleteFactors(tx, { user_id: person.id, since: null })),
        recovery_codes_deleted: (await tx.recoveryCode.deleteMany({ where })).count,
        sessions_ended: await endSessionsOf(tx, person.id, person.now, 'second_factors_reset'),
      }
      await recordWork(tx, tools.actor, {
        action: 'user.second_factors_reset',
        target_type: 'user',
        target_id: person.id,
        tenant_ids: person.tenant_ids,
        after,
      })
      return { ...after, email: person.email, has_way_in: await hasWayIn(tx, person.id) }
    })
    const { email, passkeys_deleted, totp_deleted, external_identities_deleted, sessions_ended } =
      taken
    await tools.write(
      `${email} signs in without a second factor now: ${passkeys_deleted} passkeys, ` +
        `${totp_deleted} apps and ${external_identities_deleted} links to identity providers taken, ` +
        `${sessions_ended} sessions ended\n`,
    )
    if (!taken.has_way_in) {
      await tools.write('There is no password, so nothing lets them in now: reset-password does\n')
    }
  },
}
