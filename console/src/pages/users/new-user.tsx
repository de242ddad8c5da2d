import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '../../api/client.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { Page } from '../../components/page.tsx'
import type { components } from '../../generated/api.d.ts'
import { inviteTexts, userTexts } from '../../texts/users.ts'
import { InvitationDialog } from './invitation-dialog.tsx'
import { type NewUser, NewUserForm } from './new-user-form.tsx'

type Created = components['schemas']['CreatedUser']

export function Component() {
  const navigate = useNavigate()
  const keyOf = useSubmitKey()
  const [invited, setInvited] = useState<Created | null>(null)
  const create = api.useMutation('post', '/api/v1/users', {
    // The answer may hold the link, which is for one pair of eyes: it is kept for no one else.
    gcTime: 0,
    onSuccess: (user) => {
      if (user.status === 'invited') setInvited(user)
      else navigate(`/users/${user.id}`)
    },
  })
  return (
    <Page
      title={inviteTexts.title}
      about={inviteTexts.about}
      above={[{ to: '/users', label: userTexts.list }]}
    >
      <NewUserForm
        isBusy={create.isPending}
        error={create.error}
        onSubmit={(body: NewUser) => create.mutate({ params: { header: keyOf(body) }, body })}
      />
      {invited && (
        <InvitationDialog
          user={invited}
          onClose={() => {
            create.reset()
            navigate(`/users/${invited.id}`, { replace: true })
          }}
        />
      )}
    </Page>
  )
}
