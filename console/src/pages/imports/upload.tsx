import { EmptyState, Stack } from '@mantine/core'
import { IconTableImport } from '@tabler/icons-react'
import { useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import type { components } from '../../generated/api.d.ts'
import { applicationTexts } from '../../texts/applications.ts'
import { uploadTexts as words } from '../../texts/imports.ts'
import { UploadForm } from './upload-form.tsx'

type Application = components['schemas']['Application']

export function Component() {
  const { id = '' } = useParams()
  const application = api.useQuery('get', '/api/v1/applications/{id}', { params: { path: { id } } })
  return <Loaded query={application}>{(data) => <UploadPage application={data} />}</Loaded>
}

function UploadPage({ application }: { application: Application }) {
  const { id, name, file_groups } = application
  return (
    <Page
      title={words.title}
      about={words.about(name)}
      above={[
        { to: '/applications', label: applicationTexts.list },
        { to: `/applications/${id}`, label: name },
      ]}
    >
      <Stack maw={720}>
        {file_groups.length === 0 ? (
          <NoGroups application_id={id} />
        ) : (
          <UploadForm application={application} />
        )}
      </Stack>
    </Page>
  )
}

function NoGroups({ application_id }: { application_id: string }) {
  return (
    <EmptyState
      icon={<IconTableImport aria-hidden />}
      title={words.nothing}
      description={words.nothingAbout}
    >
      <LinkButton
        to={`/applications/${application_id}?tab=settings`}
        variant="default"
        allowed={{ isAllowed: true, reason: null }}
      >
        {words.toSettings}
      </LinkButton>
    </EmptyState>
  )
}
