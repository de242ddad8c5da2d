import { type Choice, scopeWords } from '../../components/tenant-picker.tsx'
import type { components, operations } from '../../generated/api.d.ts'

export type Provider = components['schemas']['IdentityProvider']
type NewProvider =
  operations['createIdentityProvider']['requestBody']['content']['application/json']
type Changes = operations['updateIdentityProvider']['requestBody']['content']['application/json']
export type Grant = Provider['jit']['grants'][number]

/** What is being typed of a provider. */
export type Draft = {
  name: string
  issuer: string
  client_id: string
  /** Nobody is told the one that is stored: undefined leaves it, null takes it away. */
  client_secret: string | null | undefined
  allowed_domains: string[]
  isJit: boolean
  tenants: Choice[]
  grants: Grant[]
}

/** For the fields that show a part of it. */
export type FieldsProps = {
  draft: Draft
  change: (values: Partial<Draft>) => void
  /** By field of the request. */
  wrong: Record<string, string>
}

export const draftFields = [
  'name',
  'issuer',
  'client_id',
  'client_secret',
  'allowed_domains',
].concat(['jit', 'jit.enabled', 'jit.tenants', 'jit.grants'])

export const emptyDraft: Draft = {
  name: '',
  issuer: '',
  client_id: '',
  client_secret: '',
  allowed_domains: [],
  isJit: false,
  tenants: [],
  grants: [],
}

export function draftOf({ jit, ...provider }: Provider): Draft {
  const { name, issuer, client_id, allowed_domains } = provider
  return {
    ...{ name, issuer, client_id, allowed_domains },
    client_secret: undefined,
    isJit: jit.enabled,
    tenants: jit.tenants.map(choiceOf),
    grants: jit.grants,
  }
}

const choiceOf = (entry: string): Choice =>
  scopeWords.find(({ value }) => value === entry) ?? { value: entry, label: entry }

/** What new people get is only sent while there are any: to say that nobody comes takes no more than that. */
const jitOf = ({ isJit, tenants, grants }: Draft): Provider['jit'] =>
  isJit
    ? { enabled: true, tenants: tenants.map(({ value }) => value), grants }
    : { enabled: false, tenants: [], grants: [] }

const fieldsOf = (draft: Draft) => ({
  name: draft.name.trim(),
  client_id: draft.client_id.trim(),
  allowed_domains: draft.allowed_domains,
  jit: jitOf(draft),
})

/** Nobody signs in by it before it is set up at the provider, too. */
export const bodyOf = (draft: Draft): NewProvider => ({
  ...fieldsOf(draft),
  issuer: draft.issuer.trim(),
  ...(draft.client_secret && { client_secret: draft.client_secret }),
  is_enabled: false,
})

export function changesOf(saved: Provider, draft: Draft): Changes {
  const [before, after] = [fieldsOf(draftOf(saved)), fieldsOf(draft)]
  const names = (Object.keys(after) as (keyof typeof after)[]).filter(
    (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  )
  const { client_secret } = draft
  return {
    ...Object.fromEntries(names.map((name) => [name, after[name]])),
    ...(client_secret !== undefined && { client_secret }),
  }
}
