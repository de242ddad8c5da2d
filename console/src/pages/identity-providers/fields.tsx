import { Stack, TagsInput, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { providersTexts, providerFormTexts as words } from '../../texts/identity-providers.ts'
import type { FieldsProps } from './draft.ts'
import { JitFields } from './jit-fields.tsx'

type Props = FieldsProps & {
  /** Of the client: a new one, or what to do with the one that is there. */
  secret: ReactNode
  /** One that is stored stays: with another one, everybody would be somebody else. */
  isIssuerFixed?: boolean
}

/** Everything that can be said of a provider. */
export function Fields({ secret, isIssuerFixed = false, ...props }: Props) {
  const { draft, change, wrong } = props
  return (
    <Stack gap="lg">
      <TextInput
        label={providersTexts.name}
        description={words.nameAbout}
        required
        withAsterisk={false}
        autoComplete="off"
        value={draft.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        error={wrong['name']}
      />
      <TextInput
        label={providersTexts.issuer}
        description={isIssuerFixed ? words.issuerFixed : words.issuerAbout}
        placeholder="https://login.example.com"
        type="url"
        inputMode="url"
        required
        withAsterisk={false}
        autoComplete="off"
        spellCheck={false}
        readOnly={isIssuerFixed}
        value={draft.issuer}
        onChange={({ currentTarget }) => change({ issuer: currentTarget.value })}
        error={wrong['issuer']}
      />
      <TextInput
        label={providersTexts.clientId}
        description={words.clientIdAbout}
        required
        withAsterisk={false}
        autoComplete="off"
        spellCheck={false}
        value={draft.client_id}
        onChange={({ currentTarget }) => change({ client_id: currentTarget.value })}
        error={wrong['client_id']}
      />
      {secret}
      <JitFields {...props} />
      <TagsInput
        label={providersTexts.domains}
        description={words.domainsAbout}
        placeholder={draft.allowed_domains.length === 0 ? 'example.com' : ''}
        splitChars={[',', ' ', ';']}
        value={draft.allowed_domains}
        onChange={(domains) =>
          change({ allowed_domains: [...new Set(domains.map((one) => one.toLowerCase()))] })
        }
        acceptValueOnBlur
        error={wrong['allowed_domains']}
      />
    </Stack>
  )
}
