import { Alert } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useParams } from 'react-router'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { api } from '../../api/client.ts'
import { AddressTabs } from '../../components/address-tabs.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { WhereAllowed } from '../../components/where-allowed.tsx'
import { applicationTexts, applicationDetailTexts as words } from '../../texts/applications.ts'
import { Accounts } from './accounts.tsx'
import { ApplicationActions } from './application-actions.tsx'
import { ApplicationImports } from './application-imports.tsx'
import { Overview } from './overview.tsx'
import { Settings } from './settings.tsx'
import type { Application } from './types.ts'

export function Component() {
  const { id = '' } = useParams()
  const application = api.useQuery('get', '/api/v1/applications/{id}', { params: { path: { id } } })
  return <Loaded query={application}>{(data) => <ApplicationPage application={data} />}</Loaded>
}

function ApplicationPage({ application }: { application: Application }) {
  const { name, is_archived } = application
  return (
    <Page
      title={name}
      above={[{ to: '/applications', label: applicationTexts.list }]}
      actions={<ApplicationActions application={application} />}
    >
      {is_archived && (
        <Alert variant="light" color="gray" icon={<IconArchive aria-hidden />}>
          {words.archivedAbout}
        </Alert>
      )}
      <ApplicationTabs application={application} />
    </Page>
  )
}

function ApplicationTabs({ application }: { application: Application }) {
  const mayReadImports = holdsAnywhere(useMe(), 'imports.read')
  const { id, name, tenant_id } = application
  const imports = {
    value: 'imports',
    label: words.imports,
    content: (
      <WhereAllowed permission="imports.read" tenant_id={tenant_id}>
        <ApplicationImports application_id={id} />
      </WhereAllowed>
    ),
  }
  return (
    <AddressTabs
      label={name}
      tabs={[
        {
          value: 'overview',
          label: words.overview,
          content: <Overview application={application} />,
        },
        { value: 'accounts', label: words.accounts, content: <Accounts application_id={id} /> },
        ...(mayReadImports ? [imports] : []),
        {
          value: 'settings',
          label: words.settings,
          content: <Settings application={application} />,
        },
      ]}
    />
  )
}
