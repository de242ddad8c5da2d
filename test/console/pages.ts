import type { buildWorld } from './world.ts'

export type World = Awaited<ReturnType<typeof buildWorld>>

type ConsolePage = {
  /** As in console/src/pages/<area>/routes.ts. */
  path: string
  /** Of its screenshots. */
  name: string
  /** Who looks at it: without one, the administrator. */
  as?: 'nobody'
  /** What `:id` and the like stand for, and a query. */
  at?: (world: World) => string
}

/** Whose pictures are kept in docs/screenshots. */
export const pictured: readonly string[] = [
  'sign-in',
  'own-tokens',
  'new-token',
  'token',
  'service-account',
  'user',
  'tenant-tokens',
  'edit-role',
  'token-limit-requests',
  'audit',
  'upload',
  'import-paused',
  'personnel-event',
]

/** Every page of the console, each to be looked at closely (pages.test.ts). */
export const pages: readonly ConsolePage[] = [
  { path: '/sign-in', name: 'sign-in', as: 'nobody' },
  { path: '/sign-in/returned', name: 'returned', as: 'nobody' },
  { path: '/accept-invitation', name: 'accept-invitation', as: 'nobody' },
  { path: '/forgot-password', name: 'forgot-password', as: 'nobody' },
  { path: '/reset-password', name: 'reset-password', as: 'nobody' },
  { path: '/settings/tokens', name: 'own-tokens' },
  {
    path: '/settings/tokens/new',
    name: 'new-token',
    at: ({ tenants: [id] }) =>
      `/settings/tokens/new?name=CI+pipeline&permissions=users.read,tenants.read&tenants=${id}&expires_in_days=90`,
  },
  { path: '/settings/tokens/:id', name: 'token', at: ({ token }) => `/settings/tokens/${token}` },
  { path: '/settings/security', name: 'security' },
  { path: '/settings/notices', name: 'notices' },
  { path: '/service-accounts', name: 'service-accounts' },
  { path: '/service-accounts/new', name: 'new-service-account' },
  { path: '/service-accounts/:id', name: 'service-account', at: ofAccount('') },
  {
    path: '/service-accounts/:id/tokens/new',
    name: 'new-account-token',
    at: ofAccount('/tokens/new'),
  },
  {
    path: '/service-accounts/:id/tokens/:token_id',
    name: 'account-token',
    at: (world) => ofAccount(`/tokens/${world.account.token}`)(world),
  },
  { path: '/users', name: 'users' },
  { path: '/users/new', name: 'new-user' },
  { path: '/users/:id', name: 'user', at: ({ user }) => `/users/${user}` },
  {
    path: '/users/:id',
    name: 'user-effective',
    at: ({ user }) => `/users/${user}?tab=effective`,
  },
  {
    path: '/users/:id',
    name: 'user-tokens',
    at: ({ ada }) => `/users/${ada.id}?tab=tokens&ended=1`,
  },
  {
    path: '/users/:id',
    name: 'user-sign-in',
    at: ({ ada }) => `/users/${ada.id}?tab=sign-in`,
  },
  {
    path: '/users/:id/tokens/:token_id',
    name: 'user-token',
    at: ({ ada, token }) => `/users/${ada.id}/tokens/${token}`,
  },
  { path: '/tenants', name: 'tenants' },
  { path: '/tenants/new', name: 'new-tenant' },
  { path: '/tenants/:id', name: 'tenant', at: ({ tenants: [id] }) => `/tenants/${id}` },
  {
    path: '/tenants/:id',
    name: 'tenant-tokens',
    at: ({ tenants: [id] }) => `/tenants/${id}?tab=tokens&ended=1`,
  },
  { path: '/roles', name: 'roles' },
  { path: '/roles/new', name: 'new-role' },
  { path: '/roles/:id', name: 'role', at: ({ role }) => `/roles/${role}` },
  { path: '/roles/:id/edit', name: 'edit-role', at: ({ role }) => `/roles/${role}/edit` },
  { path: '/permissions', name: 'permissions' },
  { path: '/identities', name: 'identities' },
  { path: '/identities/:id', name: 'identity', at: ({ identity }) => `/identities/${identity}` },
  { path: '/personnel-events', name: 'personnel-events' },
  {
    path: '/personnel-events/new',
    name: 'new-onboarding',
    at: () => '/personnel-events/new?type=onboard',
  },
  {
    path: '/personnel-events/new',
    name: 'new-role-transition',
    at: ({ identity }) => `/personnel-events/new?type=role_transition&identity=${identity}`,
  },
  {
    path: '/personnel-events/:id',
    name: 'personnel-event',
    at: ({ event }) => `/personnel-events/${event}`,
  },
  { path: '/applications', name: 'applications', at: () => '/applications?show=all' },
  { path: '/applications/new', name: 'new-application' },
  { path: '/applications/:id', name: 'accounts', at: ofApplication('?tab=accounts') },
  { path: '/applications/:id', name: 'application-settings', at: ofApplication('?tab=settings') },
  { path: '/applications/:id/import', name: 'upload', at: ofApplication('/import') },
  { path: '/imports', name: 'imports' },
  { path: '/imports/:id', name: 'import-failed', at: ofImport('failed') },
  { path: '/imports/:id', name: 'import-paused', at: ofImport('paused') },
  { path: '/imports/:id', name: 'import-running', at: ofImport('running') },
  { path: '/system/tokens', name: 'system-tokens' },
  { path: '/system/tokens/new', name: 'new-system-token' },
  { path: '/system/token-limit-requests', name: 'token-limit-requests' },
  { path: '/system/identity-providers', name: 'identity-providers' },
  { path: '/system/identity-providers/new', name: 'new-identity-provider' },
  {
    path: '/system/identity-providers/:id',
    name: 'identity-provider',
    at: ({ provider }) => `/system/identity-providers/${provider}`,
  },
  { path: '/system/settings', name: 'settings' },
  { path: '/webhooks', name: 'webhooks' },
  { path: '/webhooks/new', name: 'new-webhook' },
  { path: '/webhooks/:id', name: 'webhook', at: ({ webhook }) => `/webhooks/${webhook}` },
  {
    path: '/webhooks/:id',
    name: 'webhook-verify',
    at: ({ webhook }) => `/webhooks/${webhook}?tab=verify`,
  },
  { path: '/audit', name: 'audit', at: () => '/audit?action=role.updated' },
]

function ofAccount(below: string) {
  return ({ account }: World) => `/service-accounts/${account.id}${below}`
}

function ofApplication(below: string) {
  return ({ application }: World) => `/applications/${application}${below}`
}

function ofImport(status: keyof World['imports']) {
  return ({ imports }: World) => `/imports/${imports[status]}`
}
