import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Time } from '../../components/time.tsx'
import { EnrolmentDialog } from '../../second-factors/enrolment-dialog.tsx'
import { enrolmentTexts, factorTexts as texts } from '../../texts/second-factors.ts'
import { FactorLine } from './factor-line.tsx'
import { type Factors, isLast } from './factors.ts'
import { RemoveFactor } from './remove-factor.tsx'

export function OwnTotp({ factors }: { factors: Factors }) {
  const { totp, policy, recovery_codes_left } = factors
  const [isOpen, { open, close }] = useDisclosure()
  const about = totp ? (
    <>
      {texts.appSince} <Time at={totp.confirmed_at} />
    </>
  ) : (
    texts.noApp
  )
  return (
    <FactorLine title={enrolmentTexts.app} about={about}>
      {policy !== 'off' && (
        <Button variant="default" size="compact-sm" onClick={open}>
          {totp ? texts.appAnew : texts.setUpApp}
        </Button>
      )}
      {totp && <RemoveFactor factor={{ kind: 'totp' }} isLast={isLast(factors)} />}
      {isOpen && (
        <EnrolmentDialog begin="totp" hasCodes={recovery_codes_left > 0} onClose={close} />
      )}
    </FactorLine>
  )
}
