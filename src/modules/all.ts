import type { Module } from '../operation.ts'
import { applicationImports } from './application-imports/index.ts'
import { applications } from './applications/index.ts'
import { audit } from './audit/index.ts'
import { calendarFeeds } from './calendar-feeds/index.ts'
import { gateway } from './gateway/index.ts'
import { identities } from './identities/index.ts'
import { identityProviders } from './identity-providers/index.ts'
import { me } from './me/index.ts'
import { notices } from './notices/index.ts'
import { passwordResets } from './password-resets/index.ts'
import { permissions } from './permissions/index.ts'
import { personnelEvents } from './personnel-events/index.ts'
import { roles } from './roles/index.ts'
import { secondFactors } from './second-factors/index.ts'
import { serviceAccounts } from './service-accounts/index.ts'
import { settings } from './settings/index.ts'
import { signIn } from './sign-in/index.ts'
import { sso } from './sso/index.ts'
import { tenants } from './tenants/index.ts'
import { tokenLimits } from './token-limits/index.ts'
import { tokens } from './tokens/index.ts'
import { userCredentials } from './user-credentials/index.ts'
import { users } from './users/index.ts'
import { webhooks } from './webhooks/index.ts'

/** The areas of the API, in the order in which its document shows them. */
export const modules: readonly Module[] = [
  signIn,
  secondFactors,
  sso,
  passwordResets,
  me,
  tokens,
  tokenLimits,
  users,
  userCredentials,
  serviceAccounts,
  tenants,
  identities,
  applications,
  applicationImports,
  personnelEvents,
  roles,
  permissions,
  identityProviders,
  settings,
  audit,
  notices,
  calendarFeeds,
  webhooks,
  gateway,
]
