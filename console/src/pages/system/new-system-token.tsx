import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { navigation } from '../../texts/navigation.ts'
import { systemTexts } from '../../texts/system-tokens.ts'
import { ReplayedDialog } from '../../tokens/replayed-dialog.tsx'
import { SecretDialog } from '../../tokens/secret-dialog.tsx'
import type { CreatedToken } from '../../tokens/types.ts'
import { deleteSystemToken } from './delete-system-token.ts'
import { SystemTokenForm } from './system-token-form.tsx'

const list = '/system/tokens'

export function Component() {
  const navigate = useNavigate()
  const policy = api.useQuery('get', '/api/v1/me/token-policy')
  const [created, setCreated] = useState<CreatedToken | null>(null)
  function close(id: string) {
    // The secret is here and nowhere else, and goes before anything else happens.
    setCreated(null)
    queryClient.invalidateQueries()
    navigate(`${list}?created=${id}`, { replace: true })
  }
  return (
    <Page title={systemTexts.title} above={[{ to: list, label: navigation.systemTokens }]}>
      <Loaded query={policy}>
        {(policy) => (
          <SystemTokenForm policy={policy} onCreated={setCreated} onCancel={() => navigate(list)} />
        )}
      </Loaded>
      {created?.token && (
        <SecretDialog token={created.token} name={created.name} onClose={() => close(created.id)} />
      )}
      {created && !created.token && (
        <ReplayedDialog
          name={created.name}
          remove={() => deleteSystemToken(created.id)}
          onClose={() => close(created.id)}
        />
      )}
    </Page>
  )
}
