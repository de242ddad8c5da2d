import { isolated } from './isolated.ts'

/** Tenant scope and grants, of people and of service accounts. */
export const accountTexts = {
  scope: 'Tenant scope',
  scopeAbout:
    'Where their grants count. “Every tenant” takes in those that are created later, too.',
  noScope: 'In no tenant. Grants have no effect in any tenant until one is added.',
  tenant: 'Tenant',
  addTenant: 'Add tenant',
  chooseTenant: 'Choose a tenant to add',
  remove: 'Remove',
  removeEntry: (name: string) => `Remove ${name}`,
  removeEntryTitle: (entry: string, name: string) =>
    `Remove “${isolated(entry)}” from ${isolated(name)}?`,
  removeEntryAbout: 'They, and every token of theirs, stop reaching it at once.',
  removeEntryAction: 'Remove tenant',
  entryRemoved: (name: string) => `${isolated(name)} no longer reaches it.`,
  entryAdded: (tenant: string) => `${isolated(tenant)} was added.`,
  grants: 'Grants',
  grantsAbout: 'A grant gives a role in one tenant, or in every tenant of the scope.',
  noGrants: 'No grants: they may do nothing but manage themselves.',
  role: 'Role',
  where: 'Where',
  since: 'Since',
  chooseRole: 'Choose a role',
  everyTenantOfScope: 'Every tenant of the scope, and the platform',
  addGrant: 'Add grant',
  chooseBoth: 'Choose a role and where it counts',
  grantAdded: (role: string) => `The role ${isolated(role)} was granted.`,
  removeGrant: (role: string) => `Remove the role ${role}`,
  removeGrantTitle: (role: string, name: string) =>
    `Remove the role ${isolated(role)} from ${isolated(name)}?`,
  removeGrantAbout: 'They, and every token of theirs, lose what only this grant gave, at once.',
  removeGrantAction: 'Remove grant',
  grantRemoved: (role: string) => `The role ${isolated(role)} was removed.`,
  actions: 'Actions',
}
