import { useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { roleTexts as texts } from '../../texts/roles.ts'
import { EditRoleForm } from './edit-role-form.tsx'

export function Component() {
  const { id = '' } = useParams()
  const role = api.useQuery('get', '/api/v1/roles/{id}', { params: { path: { id } } })
  return (
    <Loaded query={role}>
      {(found) => (
        <Page
          title={texts.editTitle(found.name)}
          above={[
            { to: '/roles', label: texts.title },
            { to: `/roles/${id}`, label: found.name },
          ]}
        >
          <EditRoleForm latest={found} reload={role.refetch} />
        </Page>
      )}
    </Loaded>
  )
}
