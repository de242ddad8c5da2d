import { List, Text } from '@mantine/core'
import { useMe } from '../../access/me.ts'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Section } from '../../components/section.tsx'
import { noticeTexts as words } from '../../texts/notices.ts'
import { ExpirySwitch } from './expiry-switch.tsx'

/** Which mails one gets: those that can be turned off, and what comes anyway. */
export function Mails() {
  const { email } = useMe()
  const notices = api.useQuery('get', '/api/v1/me/notices')
  return (
    <Section title={words.mails} about={email ? words.mailsAbout(email) : words.mailsAboutNobody}>
      <Loaded query={notices}>{({ token_expiry }) => <ExpirySwitch isOn={token_expiry} />}</Loaded>
      <Text size="sm">{words.always}</Text>
      <List size="sm">
        {words.alwaysAll.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
    </Section>
  )
}
