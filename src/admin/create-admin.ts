import { adminRole } from '../access/catalogue.ts'
import { recordWork } from '../audit/record-work.ts'
import { brokenConstraint } from '../db/faults.ts'
import { type Command, Misuse } from './command.ts'
import { newPassword, shownOnce } from './new-password.ts'

/** One more administrator of the platform, beside those that are there. */
export const createAdmin: Command = {
  options: ['email', 'name?'],
  says: 'Makes an administrator of the platform, and shows the password once.',
  async run(tools, { email: given = '', name = 'Administrator' }) {
    const email = given.trim().toLowerCase()
    if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new Misuse('--email is no e-mail address')
    const role = await tools.prisma.role.findUnique({ where: { name: adminRole } })
    if (!role)
      throw new Misuse('This database is new: start the server once, which makes an administrator')
    const { password, password_hash } = await newPassword(tools)
    await tools.prisma
      .$transaction(async (tx) => {
        const { id } = await tx.user.create({
          data: {
            email,
            name,
            status: 'active',
            password_hash,
            tenants: { create: { word: 'any' } },
            grants: { create: { role_id: role.id } },
          },
        })
        await recordWork(tx, tools.actor, {
          action: 'user.created',
          target_type: 'user',
          target_id: id,
          after: { email, name, role: adminRole, tenants: ['any'] },
        })
      })
      .catch((error) => {
        if (brokenConstraint(error) !== 'users_email_key') throw error
        throw new Misuse('There is a user with this e-mail address: reset-password lets them in')
      })
    await tools.write(shownOnce(email, password))
  },
}
