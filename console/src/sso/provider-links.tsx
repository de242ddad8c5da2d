import { Button, Stack } from '@mantine/core'
import { IconLogin2 } from '@tabler/icons-react'
import { startAddress } from '../api/sso.ts'
import { ssoTexts } from '../texts/sso.ts'
import { ToProvider, toProviderClasses } from './to-provider.tsx'
import { useOfferedProviders } from './use-offered-providers.ts'

/** The ways to sign in by a provider, which leave the console and come back to where its person was going. */
export function ProviderLinks({ return_to }: { return_to: string }) {
  const providers = useOfferedProviders()
  if (providers.length === 0) return null
  return (
    <Stack gap="sm" role="group" aria-label={ssoTexts.providers}>
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          component="a"
          href={startAddress(id, return_to)}
          variant="default"
          leftSection={<IconLogin2 size={18} aria-hidden />}
          classNames={toProviderClasses}
          fullWidth
        >
          <ToProvider name={name} />
        </Button>
      ))}
    </Stack>
  )
}
