import { readDemands } from '../api/demands.ts'
import { readState } from '../api/session.ts'

/**
 * While the session has ended, or something is asked of its person over the page, Escape is nobody's: dialogs
 * listen on the window, so the one beneath would close and lose what was typed in it. Call it before any dialog is
 * there, for listeners are asked in their order.
 */
export function keepDialogBeneath(): void {
  addEventListener(
    'keydown',
    (event) => {
      const isAbove = readState() === 'expired' || readDemands().length > 0
      if (event.key === 'Escape' && isAbove) event.stopImmediatePropagation()
    },
    { capture: true },
  )
}
