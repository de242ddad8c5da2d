import { Page } from '../../components/page.tsx'
import { navigation } from '../../texts/navigation.ts'

export function Component() {
  return <Page title={navigation.ownTokens}>…</Page>
}
