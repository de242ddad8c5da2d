import { Button, EmptyState } from '@mantine/core'
import { IconTableImport } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { following } from '../api/follow.ts'
import { DataTable } from '../components/data-table.tsx'
import { Loaded } from '../components/loaded.tsx'
import type { ListParams } from '../components/use-list-params.ts'
import type { operations } from '../generated/api.d.ts'
import { importTexts as words } from '../texts/imports.ts'
import { importColumns } from './import-columns.tsx'
import { isUnderWay } from './import-status.tsx'
import type { ImportPage } from './types.ts'

type Query = NonNullable<operations['listApplicationImports']['parameters']['query']>
type Props = { params: ListParams; application_id?: string }

/** Rows that will change by themselves are looked at again. */
const followMs = 3000
const goesOn = ({ data }: ImportPage) => data.some(({ status }) => isUnderWay(status))

/** Imports, of one application or of all, newest first; what is under way is followed. */
export function ImportList({ params, application_id }: Props) {
  const imports = api.useQuery(
    'get',
    '/api/v1/application-imports',
    { params: { query: queryOf(params, application_id) } },
    { placeholderData: keepPreviousData, refetchInterval: following(goesOn, followMs) },
  )
  return (
    <Loaded query={imports}>
      {({ data, total }) => (
        <DataTable
          label={words.list}
          columns={importColumns(application_id !== undefined)}
          rows={data}
          keyOf={({ id }) => id}
          total={total}
          params={params}
          empty={<NoImports params={params} isOfOne={application_id !== undefined} />}
        />
      )}
    </Loaded>
  )
}

function NoImports({ params, isOfOne }: { params: ListParams; isOfOne: boolean }) {
  const isFiltered = Boolean(params.get('status') ?? params.get('application'))
  if (!isFiltered) {
    return (
      <EmptyState
        icon={<IconTableImport aria-hidden />}
        title={words.empty}
        description={isOfOne ? words.emptyHere : words.emptyAbout}
      />
    )
  }
  return (
    <EmptyState icon={<IconTableImport aria-hidden />} title={words.nothingMatches}>
      <Button
        variant="default"
        onClick={() => params.set({ status: undefined, application: undefined })}
      >
        {words.clear}
      </Button>
    </EmptyState>
  )
}

function queryOf({ page, limit, sort, get }: ListParams, application_id?: string): Query {
  const status = get('status')
  const of = application_id ?? get('application')
  return {
    page,
    limit,
    // Whatever the address says: what the server doesn't know it refuses in its words.
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(status && { status: status as NonNullable<Query['status']> }),
    ...(of && { application_id: of }),
  }
}
