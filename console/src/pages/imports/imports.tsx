import { Group } from '@mantine/core'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { ChoiceFilter } from '../../components/choice-filter.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Page } from '../../components/page.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { ImportList } from '../../imports/import-list.tsx'
import { importTexts as words } from '../../texts/imports.ts'
import { ApplicationFilter } from './application-filter.tsx'

export function Component() {
  const params = useListParams()
  const mayRead = holdsAnywhere(useMe(), 'applications.read')
  return (
    <Page
      title={words.list}
      about={words.about}
      actions={
        mayRead && (
          <LinkButton
            to="/applications"
            variant="default"
            allowed={{ isAllowed: true, reason: null }}
          >
            {words.toApplications}
          </LinkButton>
        )
      }
    >
      <Group align="flex-end" gap="sm">
        {mayRead && <ApplicationFilter params={params} />}
        <ChoiceFilter
          params={params}
          name="status"
          label={words.status}
          any={words.anyStatus}
          names={words.statuses}
        />
      </Group>
      <ImportList params={params} />
    </Page>
  )
}
