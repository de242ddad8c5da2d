import { Paper, Radio, Stack } from '@mantine/core'
import { useSearchParams } from 'react-router'
import { Page } from '../../components/page.tsx'
import type { EventType } from '../../personnel-events/types.ts'
import { eventTexts, newEventTexts as words } from '../../texts/personnel-events.ts'
import { OnboardForm } from './onboard-form.tsx'
import { PersonForm } from './person-form.tsx'

const types = Object.keys(words.typesAbout) as EventType[]

/** What kind it is (`?type=`), and about whom (`?identity=`), is in the address: a person's page leads here. */
export function Component() {
  const [params, setParams] = useSearchParams()
  const type = types.find((one) => one === params.get('type'))
  const identity_id = params.get('identity')
  const show = (next: string, identity: string | null) =>
    setParams({ type: next, ...(identity && { identity }) }, { replace: true })
  return (
    <Page
      title={type ? words.titles[type] : words.title}
      about={words.about}
      above={[{ to: '/personnel-events', label: eventTexts.list }]}
    >
      <Stack maw={720} gap="lg">
        <Radio.Group
          label={words.what}
          value={type ?? null}
          onChange={(next) => show(next, identity_id)}
        >
          <Stack gap="xs" mt="xs">
            {types.map((one) => (
              <Radio
                key={one}
                value={one}
                label={eventTexts.types[one]}
                description={words.typesAbout[one]}
              />
            ))}
          </Stack>
        </Radio.Group>
        {type && (
          <Paper withBorder p="lg">
            {type === 'onboard' ? (
              <OnboardForm />
            ) : (
              <PersonForm type={type} identity_id={identity_id} onChoose={(id) => show(type, id)} />
            )}
          </Paper>
        )}
      </Stack>
    </Page>
  )
}
