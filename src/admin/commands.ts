import type { Command } from './command.ts'
import { createAdmin } from './create-admin.ts'
import { disableMfa } from './disable-mfa.ts'
import { epoch } from './epoch.ts'
import { exportAudit } from './export-audit.ts'
import { resetPassword } from './reset-password.ts'

export const commands: Readonly<Record<string, Command>> = {
  'create-admin': createAdmin,
  'reset-password': resetPassword,
  'disable-mfa': disableMfa,
  epoch,
  'export-audit': exportAudit,
}
