import { Button, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { askForPasskey } from '../api/passkeys.ts'
import { signOut } from '../api/session.ts'
import { answerAsked, type StepUpMethod } from '../api/step-up.ts'
import { FailureAlert } from '../components/failure.tsx'
import type { operations } from '../generated/api.d.ts'
import { CodeForm } from '../sign-in/code-form.tsx'
import { useAttempt } from '../sign-in/use-attempt.ts'
import { texts as common } from '../texts/common.ts'
import { stepUpTexts as texts } from '../texts/sign-in.ts'

/** Over the page whose request asks who is there; the request goes on afterwards. */
export function StepUp({ methods }: { methods: readonly StepUpMethod[] }) {
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={texts.title}
      centered
    >
      <Ways methods={methods} />
    </Modal>
  )
}

function Ways({ methods }: { methods: readonly StepUpMethod[] }) {
  const [method, setMethod] = useState(methods[0])
  const { error, isBusy, attempt } = useAttempt()
  const show = (job: () => Promise<void>) => attempt(() => job().then(() => answerAsked(true)))
  const cancel = (
    <Button variant="default" onClick={() => answerAsked(false)}>
      {common.cancel}
    </Button>
  )
  return (
    <Stack>
      <Text size="sm">{texts.about}</Text>
      {error !== null && <FailureAlert error={error} />}
      {(method === 'totp' || method === 'password') && (
        <CodeForm
          key={method}
          asks={method}
          action={texts.confirm}
          isBusy={isBusy}
          onSubmit={(typed) =>
            show(() => send(method === 'totp' ? { code: typed } : { password: typed }))
          }
        >
          {cancel}
        </CodeForm>
      )}
      {method === 'passkey' && (
        <Button onClick={() => show(showPasskey)} loading={isBusy} data-autofocus>
          {texts.usePasskey}
        </Button>
      )}
      {(method === 'sso' || method === undefined) && (
        <>
          <Text size="sm">{texts.signInAnew}</Text>
          <Button onClick={() => attempt(signOut)} loading={isBusy}>
            {common.signOut}
          </Button>
        </>
      )}
      {methods
        .filter((other) => other !== method)
        .map((other) => (
          <Button key={other} variant="subtle" onClick={() => setMethod(other)}>
            {texts.instead[other]}
          </Button>
        ))}
      {method !== 'totp' && method !== 'password' && cancel}
    </Stack>
  )
}

type Shown = operations['stepUp']['requestBody']['content']['application/json']

async function send(body: Shown): Promise<void> {
  const { error } = await client.POST('/api/v1/auth/step-up', { body })
  if (error !== undefined) throw error
}

async function showPasskey(): Promise<void> {
  const { data, error } = await client.POST('/api/v1/auth/step-up/options')
  if (error !== undefined) throw error
  await send({ passkey: await askForPasskey(data.passkey_options ?? {}) })
}
