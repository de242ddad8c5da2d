import { Group } from '@mantine/core'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { useAllowedSomewhere } from '../../access/use-allowed-at.ts'
import { ChoiceFilter } from '../../components/choice-filter.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Page } from '../../components/page.tsx'
import { TenantFilter } from '../../components/tenant-filter.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { EventList } from '../../personnel-events/event-list.tsx'
import { eventTexts as words } from '../../texts/personnel-events.ts'
import { IdentityFilter } from './identity-filter.tsx'

export function Component() {
  const params = useListParams()
  const mayReport = useAllowedSomewhere('personnel_events.create')
  const mayReadIdentities = holdsAnywhere(useMe(), 'identities.read')
  return (
    <Page
      title={words.list}
      about={words.about}
      actions={
        <LinkButton to="/personnel-events/new" allowed={mayReport}>
          {words.create}
        </LinkButton>
      }
    >
      <Group align="flex-end" gap="sm">
        <ChoiceFilter
          params={params}
          name="type"
          label={words.type}
          any={words.anyType}
          names={words.types}
        />
        <ChoiceFilter
          params={params}
          name="status"
          label={words.status}
          any={words.anyStatus}
          names={words.statuses}
        />
        {mayReadIdentities && <IdentityFilter params={params} />}
        <TenantFilter params={params} />
      </Group>
      <EventList params={params} />
    </Page>
  )
}
