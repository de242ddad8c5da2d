import { type DragEvent, useRef, useState } from 'react'

/** What an element needs to take files that are dropped on it. */
export function useDropArea(onDrop: (files: readonly File[]) => void) {
  const [isOver, setOver] = useState(false)
  /** Whoever drags over what is inside leaves the area and enters it: only the balance tells. */
  const depth = useRef(0)
  function move(by: number) {
    depth.current += by
    setOver(depth.current > 0)
  }
  return {
    isOver,
    onDragEnter: (event: DragEvent) => {
      event.preventDefault()
      move(1)
    },
    onDragLeave: () => move(-1),
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      depth.current = 0
      setOver(false)
      onDrop([...event.dataTransfer.files])
    },
  }
}
