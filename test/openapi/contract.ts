/**
 * Every operation of the contract, by area, with the query parameters that it names. Written by hand,
 * so that nothing that the code forgets is forgotten here too.
 */
export const contract: Record<string, string[]> = {
  'sign-in': [
    'POST /auth/login',
    'POST /auth/refresh',
    'POST /auth/logout',
    'POST /me/password',
    'GET /me/password-policy',
    'GET /me/sessions',
    'DELETE /me/sessions/{id}',
  ],
  me: ['GET /me', 'GET /me/authority?permission&tenant_id', 'GET /me/tenants?search'],
  'own tokens': [
    'POST /me/tokens',
    'GET /me/tokens?include',
    'GET /me/tokens/{id}',
    'DELETE /me/tokens/{id}',
    'GET /me/token-policy',
    'GET /me/token-limit-requests',
    'POST /me/token-limit-requests',
  ],
  users: [
    'GET /users?search',
    'POST /users',
    'GET /users/{id}',
    'PATCH /users/{id}',
    'DELETE /users/{id}',
    'POST /users/{id}/deactivate',
    'POST /users/{id}/activate',
    'GET /users/{id}/grants',
    'POST /users/{id}/grants',
    'DELETE /users/{id}/grants/{grant_id}',
    'PUT /users/{id}/tenants/{tenant_id}',
    'DELETE /users/{id}/tenants/{tenant_id}',
    'GET /users/{id}/effective-permissions?tenant_id',
  ],
  'service accounts': [
    'GET /service-accounts',
    'POST /service-accounts',
    'GET /service-accounts/{id}',
    'PATCH /service-accounts/{id}',
    'DELETE /service-accounts/{id}',
    'POST /service-accounts/{id}/deactivate',
    'POST /service-accounts/{id}/activate',
    'POST /users/{id}/tokens',
    'GET /users/{id}/tokens',
    'GET /users/{id}/tokens/{token_id}',
    'DELETE /users/{id}/tokens/{token_id}',
  ],
  tenants: [
    'GET /tenants',
    'POST /tenants',
    'GET /tenants/{id}',
    'PATCH /tenants/{id}',
    'POST /tenants/{id}/suspend',
    'POST /tenants/{id}/activate',
    'POST /tenants/{id}/retire',
    'GET /tenants/{id}/members',
    'GET /tenants/{id}/tokens',
    'PUT /tenants/{id}/tokens/{token_id}/block',
    'DELETE /tenants/{id}/tokens/{token_id}/block',
  ],
  'roles and permissions': [
    'GET /roles',
    'POST /roles',
    'GET /roles/{id}',
    'PATCH /roles/{id}',
    'DELETE /roles/{id}',
    'GET /permissions',
    'POST /permissions',
  ],
  administration: [
    'GET /token-limit-requests?status',
    'POST /token-limit-requests/{id}/approve',
    'POST /token-limit-requests/{id}/deny',
    'POST /system/tokens',
    'GET /system/tokens',
    'DELETE /system/tokens/{id}',
    'GET /settings',
    'PATCH /settings',
  ],
  identities: ['GET /identities', 'GET /identities/{id}'],
  applications: [
    'GET /applications',
    'POST /applications',
    'GET /applications/{id}',
    'PATCH /applications/{id}',
    'GET /applications/{id}/accounts',
  ],
  'application imports': [
    'POST /application-imports/stage',
    'POST /application-imports/upload',
    'GET /application-imports?application_id&status',
    'GET /application-imports/{id}',
    'POST /application-imports/{id}/cancel',
    'POST /application-imports/{id}/confirm',
  ],
  audit: ['GET /audit-events?actor_id&action&target_id&tenant_id&from&to&cursor'],
  'personnel events': [
    'POST /personnel-events/onboard',
    'POST /personnel-events/offboard',
    'POST /personnel-events/role-transition',
    'POST /personnel-events/leave-of-absence',
    'GET /personnel-events?identity_id&type&status',
    'GET /personnel-events/{id}',
    'POST /personnel-events/{id}/approve',
    'POST /personnel-events/{id}/cancel',
  ],
  'other services': ['POST /introspect', 'GET /authorize?permission&tenant_id'],
  docs: ['GET /docs', 'GET /openapi.json', 'GET /healthz', 'GET /readyz', 'GET /metrics'],
}

/** What the API has beyond the contract, and why. */
export const extras: Record<string, string> = {
  'POST /auth/accept-invitation':
    'creating a user without a password answers an invitation link, and this is what the link leads to',
  'POST /users/{id}/invitation':
    'a user whom a personnel event invites is invited by no request that could be answered with the link',
  ...because('people sign in by identity providers', [
    'GET /auth/sso/providers',
    'GET /auth/sso/{id}/start',
    'GET /auth/sso/{id}/callback',
    'POST /me/external-identities/{provider_id}/start',
    'GET /me/external-identities',
    'DELETE /me/external-identities/{id}',
  ]),
  ...because('administrators set up who vouches for people', [
    'POST /identity-providers',
    'GET /identity-providers',
    'GET /identity-providers/{id}',
    'PATCH /identity-providers/{id}',
    'DELETE /identity-providers/{id}',
  ]),
}

/** Operations that are there for one reason. */
function because(why: string, names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, why]))
}
