import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { returnPage } from '../api/sso.ts'
import { FormFailure } from '../components/form-failure.tsx'
import { providerWindowTexts as texts } from '../texts/sso.ts'
import { type Sentences, SsoFailureAlert } from './failure-alert.tsx'
import { returnToOf } from './return-to.ts'
import { ToProvider, toProviderClasses } from './to-provider.tsx'
import { useProviderWindow } from './use-provider-window.ts'

type Props = Parameters<typeof useProviderWindow>[0] & {
  /** Of the provider. */
  name: string
  sentences: Sentences
  isFirst?: boolean
  about?: string
}

/** The way to a provider beside the page, which goes on when somebody has come back. */
export function AtProvider({ name, sentences, isFirst = false, about, ...way }: Props) {
  const { state, error, failure, open, goHere } = useProviderWindow(way)
  return (
    <Stack gap="xs">
      <FormFailure error={error} fields={[]} />
      {failure && <SsoFailureAlert failure={failure} sentences={sentences} />}
      {state === 'blocked' && <Alert color="yellow">{texts.blocked}</Alert>}
      <Button
        variant={isFirst ? 'filled' : 'default'}
        leftSection={<IconExternalLink size={18} aria-hidden />}
        classNames={toProviderClasses}
        loading={state === 'beginning'}
        onClick={() => open(returnPage)}
        {...(isFirst && { 'data-autofocus': true })}
      >
        {state === 'waiting' ? texts.openAgain : <ToProvider name={name} />}
      </Button>
      {state === 'blocked' && (
        <Button variant="subtle" onClick={() => goHere(returnToOf(location))}>
          {texts.goInstead}
        </Button>
      )}
      <Text size="sm" c="dimmed" aria-live="polite">
        {state === 'waiting' ? texts.waiting : about}
      </Text>
    </Stack>
  )
}
