import { useNavigate } from 'react-router'
import { api } from '../../api/client.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { Page } from '../../components/page.tsx'
import { navigation } from '../../texts/navigation.ts'
import { newAccountTexts as texts } from '../../texts/service-accounts.ts'
import { NewAccountForm } from './new-account-form.tsx'

export function Component() {
  const navigate = useNavigate()
  const keyOf = useSubmitKey()
  const create = api.useMutation('post', '/api/v1/service-accounts', {
    onSuccess: ({ id }) => navigate(`/service-accounts/${id}`),
  })
  return (
    <Page
      title={texts.title}
      about={texts.about}
      above={[{ to: '/service-accounts', label: navigation.serviceAccounts }]}
    >
      <NewAccountForm
        isBusy={create.isPending}
        error={create.error}
        onSubmit={(body) => create.mutate({ params: { header: keyOf(body) }, body })}
      />
    </Page>
  )
}
