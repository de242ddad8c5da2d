import { Button, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { NewRecoveryCodes } from '../../second-factors/new-recovery-codes.tsx'
import { enrolmentTexts, factorTexts as texts } from '../../texts/second-factors.ts'
import { FactorLine } from './factor-line.tsx'
import { type Factors, hasFactor } from './factors.ts'

export function OwnRecoveryCodes({ factors }: { factors: Factors }) {
  const { recovery_codes_left: left } = factors
  const [isAsking, { open: ask, close: cancel }] = useDisclosure()
  const [isMaking, { open: make, close: end }] = useDisclosure()
  if (!hasFactor(factors)) return null
  return (
    <FactorLine title={enrolmentTexts.codes} about={texts.codesLeft(left)}>
      <Button variant="default" size="compact-sm" onClick={left > 0 ? ask : make}>
        {texts.newCodes}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={texts.newCodesTitle}
        action={texts.newCodes}
        onConfirm={() => {
          cancel()
          make()
        }}
        onClose={cancel}
        isBusy={false}
        error={null}
      >
        <Text size="sm">{texts.newCodesAbout}</Text>
      </ConfirmDialog>
      {isMaking && (
        <Modal
          opened
          onClose={() => undefined}
          withCloseButton={false}
          closeOnEscape={false}
          closeOnClickOutside={false}
          title={enrolmentTexts.codes}
          size="lg"
          centered
        >
          <NewRecoveryCodes onClose={end} />
        </Modal>
      )}
    </FactorLine>
  )
}
