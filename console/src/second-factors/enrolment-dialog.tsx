import { Button, Modal, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { texts as common } from '../texts/common.ts'
import { enrolmentTexts as texts } from '../texts/second-factors.ts'
import { NewRecoveryCodes } from './new-recovery-codes.tsx'
import { PasskeyEnrolment } from './passkey-enrolment.tsx'
import { TotpEnrolment } from './totp-enrolment.tsx'

type Step = 'choose' | 'totp' | 'passkey' | 'codes'

type Props = {
  /** Where it begins; at a choice for who has to have one, and may not leave before. */
  begin: Exclude<Step, 'codes'>
  /** Without any the first factor makes some. */
  hasCodes: boolean
  /** Beneath the choice. */
  leave?: ReactNode
  onClose: () => void
}

const titles: Record<Step, string> = {
  choose: texts.required,
  totp: texts.app,
  passkey: texts.addPasskey,
  codes: texts.codes,
}

/** A second factor from the choice of one to the codes for when it is lost. Nothing closes it by accident. */
export function EnrolmentDialog({ begin, hasCodes, leave, onClose }: Props) {
  const [step, setStep] = useState<Step>(begin)
  const queries = useQueryClient()
  const goBack = () => (begin === 'choose' ? setStep('choose') : onClose())
  function goOn() {
    queries.invalidateQueries()
    if (hasCodes) onClose()
    else setStep('codes')
  }
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={titles[step]}
      size={step === 'choose' ? 'md' : 'lg'}
      centered
    >
      {step === 'choose' && <Choice choose={setStep} leave={leave} />}
      {step === 'totp' && (
        <TotpEnrolment
          onEnrolled={goOn}
          onBack={goBack}
          back={begin === 'choose' ? texts.back : common.cancel}
        />
      )}
      {step === 'passkey' && <PasskeyEnrolment onEnrolled={goOn} onBack={goBack} />}
      {step === 'codes' && <NewRecoveryCodes onClose={onClose} />}
    </Modal>
  )
}

function Choice({ choose, leave }: { choose: (step: Step) => void; leave: ReactNode }) {
  return (
    <Stack>
      <Text size="sm">{texts.requiredAbout}</Text>
      <Button onClick={() => choose('passkey')} data-autofocus>
        {texts.addPasskey}
      </Button>
      <Text size="sm" c="dimmed">
        {texts.passkeyAbout}
      </Text>
      <Button variant="default" onClick={() => choose('totp')}>
        {texts.app}
      </Button>
      <Text size="sm" c="dimmed">
        {texts.appAbout}
      </Text>
      {leave}
    </Stack>
  )
}
