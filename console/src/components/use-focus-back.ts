import { useEffect } from 'react'

/** So long it takes until the button that had the focus is no longer waiting for its answer. */
const answeredMs = 500

/** For a dialog that comes by itself: when it is gone, the focus is where it was, unless it has gone elsewhere. */
export function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      setTimeout(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) {
          before.focus()
        }
      }, answeredMs)
    }
  }, [])
}
