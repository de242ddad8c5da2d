import { Group, Stack } from '@mantine/core'
import { ChoiceFilter } from '../../components/choice-filter.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { ImportList } from '../../imports/import-list.tsx'
import { importTexts as words } from '../../texts/imports.ts'

export function ApplicationImports({ application_id }: { application_id: string }) {
  const params = useListParams()
  return (
    <Stack>
      <Group>
        <ChoiceFilter
          params={params}
          name="status"
          label={words.status}
          any={words.anyStatus}
          names={words.statuses}
        />
      </Group>
      <ImportList params={params} application_id={application_id} />
    </Stack>
  )
}
