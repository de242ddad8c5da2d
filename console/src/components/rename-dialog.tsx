import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { failureOf } from '../api/errors.ts'
import { texts } from '../texts/common.ts'
import { FormDialog, FormDialogBody } from './form-dialog.tsx'

type Props = {
  opened: boolean
  onClose: () => void
  title: string
  about: string
  name: string
  onRename: (name: string) => void
  isBusy: boolean
  error: unknown
}

export function RenameDialog({ opened, onClose, title, ...props }: Props) {
  return (
    <FormDialog opened={opened} onClose={onClose} title={title}>
      <Form {...props} onClose={onClose} />
    </FormDialog>
  )
}

type FormProps = Omit<Props, 'opened' | 'title'>

function Form({ about, name, onRename, isBusy, error, onClose }: FormProps) {
  const [next, setNext] = useState(name)
  return (
    <FormDialogBody
      action={texts.save}
      onSubmit={() => onRename(next.trim())}
      onClose={onClose}
      isBusy={isBusy}
      error={error}
      fields={['name']}
    >
      <Text size="sm">{about}</Text>
      <TextInput
        label={texts.name}
        value={next}
        onChange={({ currentTarget }) => setNext(currentTarget.value)}
        error={error ? failureOf(error).fields['name'] : undefined}
        required
        withAsterisk={false}
        autoComplete="off"
        data-autofocus
      />
    </FormDialogBody>
  )
}
