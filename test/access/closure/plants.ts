import type { Authority } from '../../../src/access/authority.ts'
import type * as Held from '../../../src/access/held.ts'
import { coveredBySome, isWildcard, type Permission } from '../../../src/access/permissions.ts'
import type * as Editor from '../../../src/modules/roles/lock-role.ts'
import type * as Chosen from '../../../src/modules/tokens/chosen.ts'
import type * as Account from '../../../src/modules/tokens/chosen-for-account.ts'

/** The checks behind the rule of no escalation, as the operations call them. */
export type Checks = Pick<typeof Held, 'requireHeldAt' | 'requireHeldEverywhere'> &
  Pick<typeof Editor, 'requireHeldByEditor'> &
  Pick<typeof Account, 'chosenForAccount'>

type Sound = Checks &
  Pick<typeof Held, 'holdsSomewhere'> &
  Pick<typeof Chosen, 'chosenPermissions' | 'chosenTenants'>

/** Checks that are missing or weak, as somebody might have written them. */
export const plantsIn = (sound: Sound): Record<string, Partial<Checks>> => ({
  'no look at what a grant gives in a tenant': { requireHeldAt: () => undefined },
  'no look at what a grant gives on the platform': { requireHeldEverywhere: () => undefined },
  'no look at what an edit adds to a role': { requireHeldByEditor: async () => undefined },
  'what is held somewhere taken for held there': {
    requireHeldAt(authority, patterns, places, catalogue) {
      const wanted = patterns.flatMap((name) => inTenants(name, catalogue))
      if (wanted.every((one) => sound.holdsSomewhere(authority, one))) return
      sound.requireHeldAt(authority, patterns, places, catalogue)
    },
  },
  'a wildcard taken for what it means today': {
    requireHeldAt(authority, patterns, places, catalogue) {
      const names = catalogue.map(({ name }) => name)
      const meant = names.filter((name) => coveredBySome(patterns, name))
      sound.requireHeldAt(authority, meant, places, catalogue)
    },
  },
  'the owner of a token asked in its stead': {
    requireHeldAt: (authority, ...rest) => sound.requireHeldAt(ownerOf(authority), ...rest),
  },
  'no look at what the maker of an account’s token holds': {
    chosenForAccount: ({ permissions, tenants }, account, _, catalogue, facts) => ({
      permissions: sound.chosenPermissions(permissions, account, catalogue),
      tenants: sound.chosenTenants(tenants, account, facts),
    }),
  },
  'an account’s token compared set by set with its maker, not pair by pair': {
    chosenForAccount(asked, account, maker, catalogue, facts) {
      const own = sound.chosenPermissions(asked.permissions, account, catalogue)
      const held = catalogue.filter((one) => sound.holdsSomewhere(maker, one))
      const permissions = own.filter((name) => held.some((one) => one.name === name))
      if (permissions.length === 0)
        return sound.chosenForAccount(asked, account, maker, catalogue, facts)
      return { permissions, tenants: sound.chosenTenants(asked.tenants, account, facts) }
    },
  },
})

const ownerOf = (authority: Authority): Authority => ({ ...authority, stored: null })

function inTenants(name: string, catalogue: readonly Permission[]): Permission[] {
  if (isWildcard(name)) return [{ name, scope: 'tenant' }]
  return catalogue.filter((one) => one.name === name && one.scope === 'tenant')
}
