import { Paper } from '@mantine/core'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Page } from '../../components/page.tsx'
import { webhookTexts, webhookFormTexts as words } from '../../texts/webhooks.ts'
import { NewSecret, SecretLost } from './new-secret.tsx'
import { NewWebhookForm } from './new-webhook-form.tsx'

type Created = { id: string; secret?: string }

export function Component() {
  const navigate = useNavigate()
  const [created, setCreated] = useState<Created | null>(null)
  function close(id: string) {
    // The secret is here and nowhere else, and goes before anything else happens.
    setCreated(null)
    navigate(`/webhooks/${id}`, { replace: true })
  }
  return (
    <Page
      title={words.title}
      about={words.about}
      above={[{ to: '/webhooks', label: webhookTexts.list }]}
    >
      <Paper withBorder p="lg" maw={720}>
        <NewWebhookForm onCreated={setCreated} />
      </Paper>
      {created?.secret && <NewSecret secret={created.secret} onClose={() => close(created.id)} />}
      {created && !created.secret && <SecretLost onClose={() => close(created.id)} />}
    </Page>
  )
}
