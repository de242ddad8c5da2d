/** The permission catalogue. */
export const permissionTexts = {
  title: 'Permissions',
  about:
    'Everything that a role or a token can allow. Built-in permissions guard Postern itself; your product registers its own and asks Postern for them.',
  list: 'Permissions',
  search: 'Search by name or description',
  name: 'Name',
  scope: 'Scope',
  origin: 'Origin',
  description: 'Description',
  everyScope: 'Every scope',
  scopes: { tenant: 'Tenant', platform: 'Platform' },
  scopesAbout: {
    tenant: 'Held in one tenant at a time, such as reading its policies.',
    platform: 'Held on the platform as a whole, beyond any tenant.',
  },
  builtIn: 'Built-in',
  ofProduct: 'Your product',
  register: 'Register permission',
  registerTitle: 'Register a permission',
  registerAbout:
    'Roles and tokens can use it at once. It can’t be renamed or deleted: tokens rely on what their permissions mean.',
  nameLabel: 'Name',
  nameAbout: 'resource.action, in lower-case letters, digits and underscores',
  nameExample: 'policies.quote',
  descriptionLabel: 'Description',
  descriptionAbout: 'What it allows, for whoever decides about a role or a token',
  descriptionExample: 'Quote a policy',
  registered: (name: string) => `${name} has been registered`,
}
