import type { Module } from '../operation.ts'
import { applicationImports } from './application-imports/index.ts'
import { applications } from './applications/index.ts'
import { audit } from './audit/index.ts'
import { gateway } from './gateway/index.ts'
import { identities } from './identities/index.ts'
import { me } from './me/index.ts'
import { permissions } from './permissions/index.ts'
import { personnelEvents } from './personnel-events/index.ts'
import { roles } from './roles/index.ts'
import { serviceAccounts } from './service-accounts/index.ts'
import { settings } from './settings/index.ts'
import { signIn } from './sign-in/index.ts'
import { tenants } from './tenants/index.ts'
import { tokenLimits } from './token-limits/index.ts'
import { tokens } from './tokens/index.ts'
import { users } from './users/index.ts'

/** The areas of the API, in the order in which its document shows them. */
export const modules: readonly Module[] = [
  signIn,
  me,
  tokens,
  tokenLimits,
  users,
  serviceAccounts,
  tenants,
  identities,
  applications,
  applicationImports,
  personnelEvents,
  roles,
  permissions,
  settings,
  audit,
  gateway,
]
