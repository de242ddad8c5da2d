import { Alert, Stack } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Section } from '../../components/section.tsx'
import { factorTexts as texts } from '../../texts/second-factors.ts'
import { OwnPasskeys } from './own-passkeys.tsx'
import { OwnRecoveryCodes } from './own-recovery-codes.tsx'
import { OwnTotp } from './own-totp.tsx'

/** What one can show besides the password, and what there is for when it is lost. */
export function SecondFactors() {
  const factors = api.useQuery('get', '/api/v1/me/second-factors')
  return (
    <Section title={texts.title} about={texts.about}>
      <Loaded query={factors}>
        {(data) => (
          <Stack gap="lg">
            {data.policy !== 'optional' && (
              <Alert variant="light" icon={<IconInfoCircle aria-hidden />}>
                {texts.policies[data.policy]}
              </Alert>
            )}
            <OwnTotp factors={data} />
            <OwnPasskeys factors={data} />
            <OwnRecoveryCodes factors={data} />
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}
