import type { Import } from '../../imports/types.ts'
import { useMayRun } from '../../imports/use-may-run.ts'
import { CancelImport } from './cancel-import.tsx'
import { ConfirmImport } from './confirm-import.tsx'

/** What can still be made of it. */
export function ImportActions({ shown }: { shown: Import }) {
  const allowed = useMayRun(shown.application.id)
  const { status } = shown
  const isOpen = status === 'pending' || status === 'running' || status === 'paused'
  return (
    <>
      <CancelImport shown={shown} allowed={allowed} isOffered={isOpen} />
      {status === 'paused' && <ConfirmImport shown={shown} allowed={allowed} />}
    </>
  )
}
