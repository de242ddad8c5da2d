import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { client } from '../../api/client.ts'
import { useSubmitKey } from '../../api/idempotency.ts'

/**
 * Makes an address, and hands it on: what a mutation answers is kept in its cache. Where an answer was lost on its
 * way, the address in it is known to nobody: another one takes its place.
 */
export function useNewCalendar(onCreated: (calendar_url: string) => void) {
  const keyOf = useSubmitKey()
  const made = useRef(0)
  return useMutation({
    mutationFn: async () => {
      for (;;) {
        const header = keyOf(made.current)
        const { data, error } = await client.POST('/api/v1/me/calendar-feed', {
          params: { header },
        })
        if (error) throw error
        made.current += 1
        if (data.calendar_url === undefined) continue
        onCreated(data.calendar_url)
        return
      }
    },
  })
}
