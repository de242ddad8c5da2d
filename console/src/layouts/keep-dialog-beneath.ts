import { readState } from '../api/session.ts'
import { readAsked } from '../api/step-up.ts'

/**
 * While the session has ended, or who is there is asked, Escape is nobody's: dialogs listen on the window, so the one beneath would close and
 * lose what was typed in it. Call it before any dialog is there, for listeners are asked in their order.
 */
export function keepDialogBeneath(): void {
  addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape' && isAsking()) event.stopImmediatePropagation()
    },
    { capture: true },
  )
}

const isAsking = () => readState() === 'expired' || readAsked().methods !== null
