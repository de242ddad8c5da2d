import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { failureOf } from '../api/errors.ts'
import { makePasskey } from '../api/passkeys.ts'
import { FormDialogBody } from '../components/form-dialog.tsx'
import { texts as common } from '../texts/common.ts'
import { enrolmentTexts as texts } from '../texts/second-factors.ts'

type Props = { onEnrolled: () => void; onBack: () => void }

async function addPasskey(name: string): Promise<void> {
  const asked = await client.POST('/api/v1/me/passkeys/options')
  if (asked.error) throw asked.error
  const passkey = await makePasskey(asked.data)
  const { error } = await client.POST('/api/v1/me/passkeys', { body: { name, passkey } })
  if (error) throw error
}

/** Names a passkey, and makes it. */
export function PasskeyEnrolment({ onEnrolled, onBack }: Props) {
  const [name, setName] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  async function add() {
    setBusy(true)
    setError(null)
    try {
      await addPasskey(name.trim())
      onEnrolled()
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return (
    <FormDialogBody
      action={texts.addPasskey}
      onSubmit={add}
      onClose={onBack}
      isBusy={isBusy}
      error={error}
      fields={['name']}
    >
      <Text size="sm">{texts.passkeyAbout}</Text>
      <TextInput
        label={common.name}
        description={texts.passkeyName}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        error={error === null ? undefined : failureOf(error).fields['name']}
        maxLength={100}
        required
        withAsterisk={false}
        autoComplete="off"
        data-autofocus
      />
    </FormDialogBody>
  )
}
