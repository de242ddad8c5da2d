import { Button } from '@mantine/core'
import { meetDemand } from '../api/demands.ts'
import { useFocusBack } from '../components/use-focus-back.ts'
import { EnrolmentDialog } from '../second-factors/enrolment-dialog.tsx'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import { leave } from './leave.ts'

/** For who has to have a second factor and has none: everything else waits until they have. */
export function EnrolFirst() {
  useFocusBack()
  return (
    <EnrolmentDialog
      begin="choose"
      hasCodes={false}
      leave={
        <Button variant="subtle" color="gray" onClick={leave}>
          {texts.signOutInstead}
        </Button>
      }
      onClose={() => meetDemand('second_factor_required')}
    />
  )
}
