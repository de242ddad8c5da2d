import { Stack } from '@mantine/core'
import { useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { following } from '../../api/follow.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { isUnderWay } from '../../imports/import-status.tsx'
import type { Import } from '../../imports/types.ts'
import { importTexts, importDetailTexts as words } from '../../texts/imports.ts'
import { ImportActions } from './import-actions.tsx'
import { Facts } from './import-facts.tsx'
import { ImportFiles } from './import-files.tsx'
import { ImportLog } from './import-log.tsx'
import { Metrics } from './metrics.tsx'
import { Progress } from './progress.tsx'
import { Spoken } from './spoken.tsx'
import { Standing } from './standing.tsx'

const goesOn = ({ status }: Import) => isUnderWay(status)

export function Component() {
  const { id = '' } = useParams()
  const found = api.useQuery(
    'get',
    '/api/v1/application-imports/{id}',
    { params: { path: { id } } },
    { refetchInterval: following(goesOn) },
  )
  return <Loaded query={found}>{(data) => <ImportPage shown={data} />}</Loaded>
}

function ImportPage({ shown }: { shown: Import }) {
  const { number, application, metrics } = shown
  return (
    <Page
      title={words.title(number, application.name)}
      above={[{ to: '/imports', label: importTexts.list }]}
      actions={<ImportActions shown={shown} />}
    >
      <Spoken shown={shown} />
      <Stack gap="lg">
        <Standing shown={shown} />
        {isUnderWay(shown.status) && <Progress shown={shown} />}
        {metrics && <Metrics shown={shown} metrics={metrics} />}
        <Facts shown={shown} />
        <ImportFiles shown={shown} />
        <ImportLog shown={shown} />
      </Stack>
    </Page>
  )
}
