import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { beginLinking, type OfferedProvider } from '../../api/sso.ts'
import { FailureAlert } from '../../components/failure.tsx'
import { linkedParameter } from '../../sso/returned-failure.ts'
import { externalIdentityTexts as texts } from '../../texts/sso.ts'

/** Leaves for a provider, which sends back here. */
export function LinkAnother({ providers }: { providers: readonly OfferedProvider[] }) {
  const linking = useMutation({
    mutationFn: (id: string) => beginLinking(id, `/settings/security?${linkedParameter}=${id}`),
    onSuccess: (address) => location.assign(address),
  })
  if (providers.length === 0) return null
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text size="sm">{texts.linkAnother}</Text>
        {providers.map(({ id, name }) => (
          <Button
            key={id}
            variant="default"
            size="compact-sm"
            loading={linking.isPending && linking.variables === id}
            onClick={() => linking.mutate(id)}
          >
            {texts.link}&nbsp;<bdi>{name}</bdi>
          </Button>
        ))}
      </Group>
      {linking.error !== null && <FailureAlert error={linking.error} />}
    </Stack>
  )
}
