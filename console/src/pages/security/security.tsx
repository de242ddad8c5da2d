import { Page } from '../../components/page.tsx'
import { SecondFactors } from '../../second-factors/second-factors.tsx'
import { navigation } from '../../texts/navigation.ts'
import { securityTexts } from '../../texts/security.ts'
import { ChangePassword } from './change-password.tsx'
import { Sessions } from './sessions.tsx'

export function Component() {
  return (
    <Page title={navigation.security} about={securityTexts.about}>
      <ChangePassword />
      <SecondFactors />
      <Sessions />
    </Page>
  )
}
