import { Anchor, Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { askForPasskey } from '../api/passkeys.ts'
import { type Method, type Proof, type SecondFactorDue, showSecondFactor } from '../api/sign-in.ts'
import { FailureAlert } from '../components/failure.tsx'
import { signInTexts as texts } from '../texts/sign-in.ts'
import { CodeForm } from './code-form.tsx'
import { useAttempt } from './use-attempt.ts'

type Props = { due: SecondFactorDue; onRestart: () => void }

/** After the right password: one of what the person has set up besides. */
export function SecondStep({ due, onRestart }: Props) {
  const { methods, challenge, passkey_options } = due
  const [method, setMethod] = useState<Method | undefined>(methods[0])
  const { error, isBusy, attempt } = useAttempt()
  const show = (proof: Proof) => attempt(() => showSecondFactor(challenge, proof))
  const showPasskey = () =>
    attempt(async () =>
      showSecondFactor(challenge, { passkey: await askForPasskey(passkey_options ?? {}) }),
    )
  return (
    <Stack>
      <Text size="sm" role="status">
        {texts.secondStep}
      </Text>
      {error !== null && <FailureAlert error={error} />}
      {method === 'passkey' && (
        <Button onClick={showPasskey} loading={isBusy} fullWidth>
          {texts.usePasskey}
        </Button>
      )}
      {(method === 'totp' || method === 'recovery_code') && (
        <CodeForm
          key={method}
          asks={method}
          action={texts.submit}
          isBusy={isBusy}
          onSubmit={(typed) => show(method === 'totp' ? { code: typed } : { recovery_code: typed })}
        />
      )}
      {methods
        .filter((other) => other !== method)
        .map((other) => (
          <Button key={other} variant="default" onClick={() => setMethod(other)} fullWidth>
            {texts.instead[other]}
          </Button>
        ))}
      <Anchor component="button" type="button" size="sm" onClick={onRestart}>
        {texts.startOver}
      </Anchor>
    </Stack>
  )
}
