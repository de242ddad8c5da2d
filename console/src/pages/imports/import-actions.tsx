import { LinkButton } from '../../components/link-button.tsx'
import type { Import } from '../../imports/types.ts'
import { useMayRun } from '../../imports/use-may-run.ts'
import { importDetailTexts as words } from '../../texts/imports.ts'
import { CancelImport } from './cancel-import.tsx'
import { ConfirmImport } from './confirm-import.tsx'

/** What can still be made of it. */
export function ImportActions({ shown }: { shown: Import }) {
  const allowed = useMayRun(shown.application.id)
  const { status, files, application } = shown
  const isOpen = status === 'pending' || status === 'running' || status === 'paused'
  return (
    <>
      <CancelImport shown={shown} allowed={allowed} isOffered={isOpen} />
      {status === 'paused' && <ConfirmImport shown={shown} allowed={allowed} />}
      {(status === 'failed' || status === 'canceled') && files.length > 0 && (
        <LinkButton to={`/applications/${application.id}/import`} allowed={allowed}>
          {words.again}
        </LinkButton>
      )}
    </>
  )
}
