import { Page } from '../../components/page.tsx'
import { navigation } from '../../texts/navigation.ts'
import { securityTexts } from '../../texts/security.ts'
import { ChangePassword } from './change-password.tsx'
import { ExternalIdentities } from './external-identities.tsx'
import { SecondFactors } from './second-factors.tsx'
import { Sessions } from './sessions.tsx'

export function Component() {
  return (
    <Page title={navigation.security} about={securityTexts.about}>
      <ChangePassword />
      <SecondFactors />
      <ExternalIdentities />
      <Sessions />
    </Page>
  )
}
