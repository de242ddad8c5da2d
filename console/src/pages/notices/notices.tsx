import { Page } from '../../components/page.tsx'
import { navigation } from '../../texts/navigation.ts'
import { noticeTexts } from '../../texts/notices.ts'
import { CalendarFeed } from './calendar-feed.tsx'
import { Mails } from './mails.tsx'

export function Component() {
  return (
    <Page title={navigation.notices} about={noticeTexts.about}>
      <Mails />
      <CalendarFeed />
    </Page>
  )
}
