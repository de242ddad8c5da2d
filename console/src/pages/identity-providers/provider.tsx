import { Alert, Group, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useParams } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { Section } from '../../components/section.tsx'
import { Time } from '../../components/time.tsx'
import { providersTexts, providerDetailTexts as words } from '../../texts/identity-providers.ts'
import { CopySecret } from '../../tokens/copy-secret.tsx'
import type { Provider } from './draft.ts'
import { EditForm } from './edit-form.tsx'
import { Facts } from './facts.tsx'
import { ProviderActions } from './provider-actions.tsx'
import { ProviderState } from './provider-state.tsx'

export function Component() {
  const { id = '' } = useParams()
  const provider = api.useQuery('get', '/api/v1/identity-providers/{id}', {
    params: { path: { id } },
  })
  return (
    <Loaded query={provider}>{(found) => <ProviderPage key={found.id} provider={found} />}</Loaded>
  )
}

function ProviderPage({ provider }: { provider: Provider }) {
  const allowed = useAllowed('settings.write')
  const { name, is_enabled, redirect_uri, created_at } = provider
  return (
    <Page
      title={name}
      above={[{ to: '/system/identity-providers', label: providersTexts.list }]}
      actions={<ProviderActions provider={provider} allowed={allowed} />}
    >
      <Group gap="sm">
        <ProviderState isEnabled={is_enabled} />
        <Text size="sm" c="dimmed">
          {providersTexts.created} <Time at={created_at} />
        </Text>
      </Group>
      {!is_enabled && (
        <Alert variant="light" color="gray" icon={<IconInfoCircle aria-hidden />}>
          {words.notEnabled}
        </Alert>
      )}
      <Stack maw={720} gap="lg">
        <Section title={words.there} about={words.thereAbout}>
          <CopySecret
            label={words.redirectUri}
            copyLabel={words.copy}
            value={redirect_uri}
            onTaken={() => undefined}
          />
        </Section>
        <Section
          title={words.here}
          about={allowed.reason === null ? words.hereAbout : words.readOnly}
        >
          {allowed.isAllowed && <EditForm provider={provider} allowed={allowed} />}
          {allowed.reason !== null && <Facts provider={provider} />}
        </Section>
      </Stack>
    </Page>
  )
}
