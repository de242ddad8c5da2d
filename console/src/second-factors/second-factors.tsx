import { Divider } from '@mantine/core'
import { api } from '../api/client.ts'
import { Loaded } from '../components/loaded.tsx'
import { Section } from '../components/section.tsx'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import { AppCodes } from './app-codes.tsx'
import { Passkeys } from './passkeys.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** What one shows beside a password, and what there is for the day when that is lost. */
export function SecondFactors() {
  const query = api.useQuery('get', '/api/v1/me/second-factors')
  const { policy = 'optional' } = query.data ?? {}
  return (
    <Section title={texts.title} about={texts.policies[policy]}>
      <Loaded query={query}>
        {(factors) => (
          <>
            <Passkeys passkeys={factors.passkeys} isOff={policy === 'off'} />
            <Divider />
            <AppCodes since={factors.totp?.confirmed_at ?? null} isOff={policy === 'off'} />
            <Divider />
            <RecoveryCodes factors={factors} />
          </>
        )}
      </Loaded>
    </Section>
  )
}
