import { useEffect, useRef, useState } from 'react'
import { collectEvents } from './collect-events.ts'
import { csvOf } from './csv.ts'
import type { EventFilters } from './use-event-filters.ts'

export type Export =
  | { step: 'running'; count: number }
  | { step: 'done'; count: number; isBounded: boolean }
  | { step: 'failed'; error: unknown }

/** One export at a time; it ends with the page that it was started on. */
export function useExport(filters: EventFilters['values']) {
  const [state, setState] = useState<Export | null>(null)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  async function start() {
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    const tell = (next: Export) => {
      if (!signal.aborted) setState(next)
    }
    tell({ step: 'running', count: 0 })
    try {
      const onProgress = (count: number) => tell({ step: 'running', count })
      const { events, isBounded } = await collectEvents(filters, onProgress, signal)
      signal.throwIfAborted()
      save(csvOf(events))
      tell({ step: 'done', count: events.length, isBounded })
    } catch (error) {
      tell({ step: 'failed', error })
    }
  }
  function stop() {
    running.current?.abort()
    setState(null)
  }
  return { state, start, stop }
}

/** As a download, named by the minute in which it was made. */
function save(content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `postern-audit-${new Date().toISOString().slice(0, 16).replaceAll(':', '-')}Z.csv`
  link.click()
  URL.revokeObjectURL(url)
}
