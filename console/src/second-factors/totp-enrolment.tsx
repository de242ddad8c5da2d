import { Anchor, Button, Center, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { client } from '../api/client.ts'
import { failureOf } from '../api/errors.ts'
import { FailureAlert } from '../components/failure.tsx'
import { FormFailure } from '../components/form-failure.tsx'
import { enrolmentTexts as texts } from '../texts/second-factors.ts'
import { CopySecret } from '../tokens/copy-secret.tsx'
import { CodeField } from './code-field.tsx'
import { QrCode } from './qr-code.tsx'

type Secret = { secret: string; otpauth_url: string }
type Props = { onEnrolled: () => void; onBack: () => void; back: string }

/** Gives an app its secret, and sees that it has it. */
export function TotpEnrolment(props: Props) {
  const { secret, error, ask } = useNewSecret()
  if (error !== null) {
    return (
      <Stack>
        <FailureAlert error={error} retry={ask} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onBack}>
            {props.back}
          </Button>
        </Group>
      </Stack>
    )
  }
  if (secret === null) return <Skeleton height={280} role="status" aria-label={texts.loading} />
  return <Confirmation {...props} {...secret} />
}

/** Not a query: its cache would keep the secret, and ask for another one by itself. */
function useNewSecret() {
  const [secret, setSecret] = useState<Secret | null>(null)
  const [error, setError] = useState<unknown>(null)
  const ask = useCallback(async () => {
    setError(null)
    try {
      const answer = await client.POST('/api/v1/me/totp')
      if (answer.error) throw answer.error
      setSecret(answer.data)
    } catch (failure) {
      setError(failure)
    }
  }, [])
  const isAsked = useRef(false)
  useEffect(() => {
    if (!isAsked.current) ask()
    isAsked.current = true
  }, [ask])
  return { secret, error, ask }
}

function useConfirmation(onEnrolled: () => void) {
  const [code, setCode] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  async function confirm() {
    setBusy(true)
    setError(null)
    try {
      const answer = await client.POST('/api/v1/me/totp/confirm', { body: { code } })
      if (answer.error) throw answer.error
      onEnrolled()
    } catch (failure) {
      setError(failure)
      setCode('')
      setBusy(false)
      input.current?.focus()
    }
  }
  return { code, setCode, error, isBusy, input, confirm }
}

function Confirmation({ secret, otpauth_url, onEnrolled, onBack, back }: Props & Secret) {
  const { code, setCode, error, isBusy, input, confirm } = useConfirmation(onEnrolled)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        confirm()
      }}
    >
      <Stack>
        <Text size="sm">{texts.scan}</Text>
        <Center>
          <QrCode text={otpauth_url} label={texts.qrCode} />
        </Center>
        <Text size="sm">
          {texts.noCamera}{' '}
          <Anchor href={otpauth_url} inherit underline="always">
            {texts.openApp}
          </Anchor>
          .
        </Text>
        <CopySecret
          label={texts.secret}
          copyLabel={texts.copySecret}
          value={secret}
          onTaken={() => undefined}
        />
        <FormFailure error={error} fields={['code']} />
        <CodeField
          inputRef={input}
          value={code}
          onChange={setCode}
          error={error === null ? undefined : failureOf(error).fields['code']}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            {back}
          </Button>
          <Button type="submit" loading={isBusy}>
            {texts.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
