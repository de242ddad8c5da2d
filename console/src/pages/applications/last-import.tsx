import { Anchor, Group } from '@mantine/core'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import { following } from '../../api/follow.ts'
import { Time } from '../../components/time.tsx'
import { ImportStatus, isUnderWay } from '../../imports/import-status.tsx'
import type { ImportPage } from '../../imports/types.ts'
import { applicationDetailTexts as words } from '../../texts/applications.ts'
import { importTexts } from '../../texts/imports.ts'

const followMs = 3000
const goesOn = ({ data: [last] }: ImportPage) => last !== undefined && isUnderWay(last.status)

export function LastImport({ application_id }: { application_id: string }) {
  const { data } = api.useQuery(
    'get',
    '/api/v1/application-imports',
    { params: { query: { application_id, limit: 1 } } },
    { refetchInterval: following(goesOn, followMs) },
  )
  const last = data?.data[0]
  if (!last) return data ? words.neverImported : null
  return (
    <Group gap="xs" component="span">
      <Anchor component={Link} to={`/imports/${last.id}`} size="sm" fw={600}>
        {importTexts.named(last.number)}
      </Anchor>
      <ImportStatus status={last.status} />
      <Time at={last.build_end ?? last.created_at} size="sm" />
    </Group>
  )
}
