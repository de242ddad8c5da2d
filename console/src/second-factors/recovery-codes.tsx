import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { FailureAlert } from '../components/failure.tsx'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import { Part } from './part.tsx'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'
import type { Factors } from './types.ts'

export function RecoveryCodes({ factors }: { factors: Factors }) {
  const { totp, passkeys, recovery_codes_left: left, policy } = factors
  const [isOpen, { open, close }] = useDisclosure()
  const [codes, setCodes] = useState<string[] | null>(null)
  const renew = api.useMutation('post', '/api/v1/me/recovery-codes', {
    // Nothing remembers the codes.
    gcTime: 0,
    onSuccess({ recovery_codes }) {
      close()
      setCodes(recovery_codes)
    },
  })
  const hasFactor = totp !== null || passkeys.length > 0
  return (
    <Part
      title={texts.recovery}
      about={texts.recoveryAbout}
      actions={
        hasFactor &&
        policy !== 'off' && (
          <Button
            variant="default"
            onClick={() => (left > 0 ? open() : renew.mutate({}))}
            loading={renew.isPending}
          >
            {texts.renew}
          </Button>
        )
      }
    >
      <Text size="sm">{hasFactor ? texts.left(left) : texts.noneWithout}</Text>
      {renew.error !== null && !isOpen && <FailureAlert error={renew.error} />}
      <ConfirmDialog
        opened={isOpen}
        title={texts.renewTitle}
        action={texts.renew}
        onConfirm={() => renew.mutate({})}
        onClose={close}
        isBusy={renew.isPending}
        error={renew.error}
      >
        <Text size="sm">{texts.renewAbout}</Text>
      </ConfirmDialog>
      {codes && <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </Part>
  )
}
