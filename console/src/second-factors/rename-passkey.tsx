import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { api } from '../api/client.ts'
import { RenameDialog } from '../components/rename-dialog.tsx'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import type { Passkey } from './types.ts'

export function RenamePasskey({ passkey: { id, name } }: { passkey: Passkey }) {
  const [isOpen, { open, close }] = useDisclosure()
  const rename = api.useMutation('patch', '/api/v1/me/passkeys/{id}', { onSuccess: close })
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={open}
        aria-label={texts.renameThat(name)}
      >
        {texts.rename}
      </Button>
      <RenameDialog
        opened={isOpen}
        onClose={close}
        title={texts.renameTitle}
        about={texts.renameAbout}
        name={name}
        onRename={(next) => rename.mutate({ params: { path: { id } }, body: { name: next } })}
        isBusy={rename.isPending}
        error={rename.error}
      />
    </>
  )
}
