import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { settingsTexts as texts } from '../../texts/settings.ts'
import { SettingsForm } from './settings-form.tsx'

export function Component() {
  const settings = api.useQuery('get', '/api/v1/settings')
  return (
    <Page title={texts.title} about={texts.about}>
      <Loaded query={settings}>{(now) => <SettingsForm now={now} />}</Loaded>
    </Page>
  )
}
