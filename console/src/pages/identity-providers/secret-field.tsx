import { Button, Group, Input, PasswordInput, Stack, Text } from '@mantine/core'
import { providersTexts, providerFormTexts as words } from '../../texts/identity-providers.ts'
import type { FieldsProps } from './draft.ts'

/** A secret to be kept: of a client that has one. */
export function NewSecret({ draft, change, wrong }: FieldsProps) {
  return (
    <PasswordInput
      label={providersTexts.clientSecret}
      description={words.secretAbout}
      autoComplete="new-password"
      value={draft.client_secret ?? ''}
      onChange={({ currentTarget }) => change({ client_secret: currentTarget.value })}
      error={wrong['client_secret']}
    />
  )
}

/** The one that is stored is never shown: it stays, gives way to another one, or goes. */
export function StoredSecret({ hasSecret, ...props }: FieldsProps & { hasSecret: boolean }) {
  const { draft, change, wrong } = props
  const { client_secret } = draft
  if (typeof client_secret === 'string') {
    return (
      <Stack gap="xs" align="stretch">
        <PasswordInput
          label={words.newSecret}
          description={words.secretOnce}
          autoComplete="new-password"
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
          value={client_secret}
          onChange={({ currentTarget }) => change({ client_secret: currentTarget.value })}
          error={wrong['client_secret']}
        />
        <Group>
          <Leave change={change} />
        </Group>
      </Stack>
    )
  }
  return (
    <Input.Wrapper
      label={providersTexts.clientSecret}
      labelElement="div"
      error={wrong['client_secret']}
    >
      <Text size="sm" mb="xs">
        {client_secret === null ? words.secretGoes : hasSecret ? words.hasSecret : words.noSecret}
      </Text>
      <Group gap="xs">
        {client_secret === null && <Leave change={change} />}
        {client_secret === undefined && (
          <Button variant="default" size="compact-sm" onClick={() => change({ client_secret: '' })}>
            {hasSecret ? words.replaceSecret : words.setSecret}
          </Button>
        )}
        {client_secret === undefined && hasSecret && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => change({ client_secret: null })}
          >
            {words.removeSecret}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  )
}

function Leave({ change }: Pick<FieldsProps, 'change'>) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={() => change({ client_secret: undefined })}
    >
      {words.leaveSecret}
    </Button>
  )
}
