/** Choosing the permissions of a role. */
export const pickerTexts = {
  search: 'Search permissions',
  chosen: (count: number) =>
    count === 0 ? 'Nothing chosen yet' : count === 1 ? '1 entry chosen' : `${count} entries chosen`,
  everything: 'Everything',
  everythingAbout:
    'Every permission on the platform and in tenants, also those that are registered later (*.*)',
  all: (resource: string) => `All of ${resource}`,
  allShort: 'All',
  alsoLater: ', also later ones',
  of: (chosen: number, total: number) => `${chosen} of ${total}`,
  allOf: (total: number) => `all ${total}`,
  nothingFound: 'No permission matches.',
  found: (count: number) => (count === 1 ? '1 permission found' : `${count} permissions found`),
  more: (count: number) =>
    `${count} more match. Type more of what you are looking for, or open a group.`,
  platform: 'platform',
}
