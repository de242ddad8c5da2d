import { notifications } from '@mantine/notifications'
import { useNavigate } from 'react-router'
import type { Allowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { applicationDetailTexts as words } from '../../texts/applications.ts'

type Props = { application_id: string; allowed: Allowed }

/** Runs what the schedule runs, now; then to it. */
export function StageNow({ application_id, allowed }: Props) {
  const navigate = useNavigate()
  const keyOf = useSubmitKey()
  const stage = api.useMutation('post', '/api/v1/application-imports/stage', {
    onSuccess: ({ id, number }) => {
      notifications.show({ message: words.staged(number) })
      navigate(`/imports/${id}`)
    },
    onError: (error) => {
      const { message, fields } = failureOf(error)
      const why = Object.values(fields)[0]
      notifications.show({ color: 'red', autoClose: false, title: message, message: why ?? '' })
    },
  })
  const body = { application_id }
  return (
    <AllowedButton
      variant="default"
      allowed={allowed}
      loading={stage.isPending}
      onClick={() => stage.mutate({ params: { header: keyOf(body) }, body })}
    >
      {words.stage}
    </AllowedButton>
  )
}
