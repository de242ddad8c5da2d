import { Button, Group, Text } from '@mantine/core'
import { api } from '../api/client.ts'
import { enrolled } from '../api/step-up.ts'
import { Page } from '../components/page.tsx'
import { SecondFactors } from '../second-factors/second-factors.tsx'
import { enrolTexts as texts } from '../texts/second-factors.ts'

/** In the place of every page, for who must have a second factor and has none. */
export function EnrolFirst() {
  const { data } = api.useQuery('get', '/api/v1/me/second-factors')
  const canGoOn = data && (data.policy !== 'required' || data.totp || data.passkeys.length > 0)
  return (
    <Page title={texts.title} about={texts.about}>
      <SecondFactors />
      {canGoOn && (
        <Group>
          <Text size="sm">{texts.done}</Text>
          <Button onClick={enrolled}>{texts.goOn}</Button>
        </Group>
      )}
    </Page>
  )
}
