import { Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { failureOf } from '../api/errors.ts'
import { FormDialogBody } from '../components/form-dialog.tsx'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import { CopySecret } from '../tokens/copy-secret.tsx'
import { QrCode } from './qr-code.tsx'

type Props = { secret: string; otpauth_url: string; onClose: () => void }

/** The secret goes into the app, and a code of the app comes back. */
export function ConfirmApp({ secret, otpauth_url, onClose }: Props) {
  const [code, setCode] = useState('')
  const confirm = api.useMutation('post', '/api/v1/me/totp/confirm', {
    onSuccess() {
      notifications.show({ message: texts.confirmed, color: 'green' })
      onClose()
    },
  })
  return (
    <FormDialogBody
      action={texts.confirm}
      onSubmit={() => confirm.mutate({ body: { code: code.replaceAll(/\s/g, '') } })}
      onClose={onClose}
      isBusy={confirm.isPending}
      error={confirm.error}
      fields={['code']}
    >
      <Text size="sm">{texts.scan}</Text>
      <QrCode text={otpauth_url} label={texts.qrCode} />
      <CopySecret
        label={texts.secret}
        copyLabel={texts.copySecret}
        value={secret}
        onTaken={() => undefined}
      />
      <TextInput
        label={texts.code}
        value={code}
        onChange={({ currentTarget }) => setCode(currentTarget.value)}
        error={failureOf(confirm.error).fields['code']}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        withAsterisk={false}
        data-autofocus
      />
    </FormDialogBody>
  )
}
