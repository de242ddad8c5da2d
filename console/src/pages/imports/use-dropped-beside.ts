import { useEffect } from 'react'

/** A file that is dropped beside its place would be opened instead of the page, and what was chosen be gone. */
export function useDroppedBeside(): void {
  useEffect(() => {
    const ignore = (event: DragEvent) => {
      event.preventDefault()
      if (event.dataTransfer && event.type === 'dragover' && !isInArea(event.target)) {
        event.dataTransfer.dropEffect = 'none'
      }
    }
    addEventListener('dragover', ignore)
    addEventListener('drop', ignore)
    return () => {
      removeEventListener('dragover', ignore)
      removeEventListener('drop', ignore)
    }
  }, [])
}

const isInArea = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[data-drop-area]') !== null
