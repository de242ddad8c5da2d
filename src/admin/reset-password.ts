import { recordWork } from '../audit/record-work.ts'
import { endSessionsOf } from '../sessions/end-session.ts'
import { type Command, Misuse } from './command.ts'
import { newPassword, shownOnce } from './new-password.ts'
import { lockPerson } from './person.ts'

/** A new password for a person, whose sessions end. Whoever was deactivated stays out. */
export const resetPassword: Command = {
  options: ['email'],
  says: 'Sets a new password, shows it once, and ends the person’s sessions. Tokens stay.',
  async run(tools, { email: given = '' }) {
    const { password, password_hash } = await newPassword(tools)
    const email = await tools.prisma.$transaction(async (tx) => {
      const person = await lockPerson(tx, given)
      if (person.status === 'deactivated') {
        throw new Misuse('This person is deactivated; a new password would not let them in')
      }
      await tx.user.update({
        where: { id: person.id },
        data: { password_hash, status: 'active' },
      })
      await tx.invitation.updateMany({
        where: { user_id: person.id, used_at: null, expires_at: { gt: person.now } },
        data: { expires_at: person.now },
      })
      const sessions_ended = await endSessionsOf(tx, person.id, person.now, 'password_reset')
      await recordWork(tx, tools.actor, {
        action: 'user.password_reset',
        target_type: 'user',
        target_id: person.id,
        tenant_ids: person.tenant_ids,
        before: { status: person.status },
        after: { status: 'active', sessions_ended },
      })
      return person.email
    })
    await tools.write(shownOnce(email, password))
  },
}
