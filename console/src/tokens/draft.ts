import { defaultDays, type Expiry, expiryFields } from './expiry.ts'
import type { LifetimePolicy, NewToken, Token } from './types.ts'

/** A token that is being thought of. */
export type Draft = {
  name: string
  description: string
  expiry: Expiry
  tenants: string[]
  permissions: string[]
}

export type Proposal = Partial<Draft>

export function startOf(policy: LifetimePolicy, proposal: Proposal): Draft {
  return {
    name: '',
    description: '',
    expiry: { kind: 'days', days: defaultDays(policy) },
    tenants: [],
    permissions: [],
    ...proposal,
  }
}

export function bodyOf({ name, description, expiry, tenants, permissions }: Draft): NewToken {
  const purpose = description.trim()
  return {
    name: name.trim(),
    ...(purpose && { description: purpose }),
    ...expiryFields(expiry),
    tenants,
    permissions,
  }
}

/** What a token stores, for another like it; under a name that is free. */
export function likeToken(token: Token, others: readonly Token[]): Proposal {
  const { name, description, tenants, permissions } = token
  return {
    name: freeName(name, others),
    description: description ?? '',
    tenants: [...tenants],
    permissions: [...permissions],
  }
}

function freeName(name: string, others: readonly Token[]): string {
  const taken = new Set(
    others.filter(({ status }) => status === 'active').map((token) => token.name),
  )
  if (!taken.has(name)) return name
  const stem = name.replace(/ \d+$/, '').slice(0, 96)
  for (let number = 2; ; number++) {
    const next = `${stem} ${number}`
    if (!taken.has(next)) return next
  }
}
