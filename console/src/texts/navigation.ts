/** The menu. */
export const navigation = {
  label: 'Main menu',
  userSettings: 'User Settings',
  ownTokens: 'Personal Access Tokens',
  security: 'Password and sessions',
  organisation: 'Organisation',
  serviceAccounts: 'Service accounts',
  users: 'Users',
  tenants: 'Tenants',
  roles: 'Roles',
  permissions: 'Permissions',
  system: 'System Configuration',
  systemTokens: 'API Tokens',
  limitRequests: 'Token-limit requests',
  settings: 'Settings',
  audit: 'Audit log',
  docs: 'API documentation',
}
