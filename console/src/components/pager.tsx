import { Pagination } from '@mantine/core'
import { useEffect } from 'react'
import { texts } from '../texts/common.ts'

type Props = {
  label: string
  page: number
  limit: number
  total: number
  isEmpty: boolean
  turnTo: (page: number) => void
  /** Instead of the page that one is on, which is gone: it is no step that one goes back to. */
  fallBackTo: (page: number) => void
}

/** The pages of a list. Where the last row of the last one has gone, it turns to what is the last one now. */
export function Pager({ label, page, limit, total, isEmpty, turnTo, fallBackTo }: Props) {
  const last = Math.max(1, Math.ceil(total / limit))
  const isBeyond = isEmpty && page > last
  useEffect(() => {
    if (isBeyond) fallBackTo(last)
  }, [isBeyond, last, fallBackTo])
  if (last === 1) return null
  return (
    <Pagination
      total={last}
      value={page}
      onChange={turnTo}
      size="sm"
      aria-label={label}
      getControlProps={(control) => ({ 'aria-label': texts.pageControls[control] })}
      getItemProps={(at) => ({ 'aria-label': texts.pageAt(at) })}
    />
  )
}
