import { notifications } from '@mantine/notifications'
import { api, client } from '../../api/client.ts'
import { ActivateButton } from '../../components/activate-button.tsx'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { tellFailure } from '../../components/tell-failure.tsx'
import { webhookDetailTexts as words } from '../../texts/webhooks.ts'
import type { Webhook } from '../../webhooks/types.ts'
import { DeleteWebhook } from './delete-webhook.tsx'
import { DisableWebhook } from './disable-webhook.tsx'
import { RotateSecret } from './rotate-secret.tsx'

const yes = { isAllowed: true, reason: null }

/** Who sees a webhook has all of the say over it: nothing more is asked here. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const { id, is_enabled } = webhook
  return (
    <>
      <DeleteWebhook webhook={webhook} />
      <RotateSecret id={id} />
      {is_enabled ? (
        <DisableWebhook id={id} />
      ) : (
        <ActivateButton
          label={words.enable}
          allowed={yes}
          activate={() =>
            client.PATCH('/api/v1/webhooks/{id}', {
              params: { path: { id } },
              body: { is_enabled: true },
            })
          }
          done={words.enabled}
        />
      )}
      <SendTest webhook={webhook} />
    </>
  )
}

function SendTest({ webhook: { id, is_enabled } }: { webhook: Webhook }) {
  const test = api.useMutation('post', '/api/v1/webhooks/{id}/test', {
    onSuccess: () => notifications.show({ message: words.tested }),
    onError: tellFailure,
  })
  return (
    <AllowedButton
      allowed={is_enabled ? yes : { isAllowed: false, reason: words.isDisabled }}
      loading={test.isPending}
      onClick={() => test.mutate({ params: { path: { id } } })}
    >
      {words.test}
    </AllowedButton>
  )
}
