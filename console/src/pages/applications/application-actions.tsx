import { type Allowed, useAllowed } from '../../access/use-allowed.ts'
import { LinkButton } from '../../components/link-button.tsx'
import { applicationDetailTexts as words } from '../../texts/applications.ts'
import { Archive } from './archive.tsx'
import { StageNow } from './stage-now.tsx'
import type { Application } from './types.ts'

export function ApplicationActions({ application }: { application: Application }) {
  const { id, tenant_id, is_archived, import_schedule, file_groups } = application
  const mayRun = useAllowed('imports.run', tenant_id)
  const mayWrite = useAllowed('applications.write', tenant_id)
  const allowed = is_archived ? no(words.isArchived) : mayRun
  const mayUpload = file_groups.length === 0 ? no(words.noGroups) : allowed
  return (
    <>
      <Archive application={application} allowed={mayWrite} />
      {import_schedule && <StageNow application_id={id} allowed={allowed} />}
      <LinkButton to={`/applications/${id}/import`} allowed={mayUpload}>
        {words.upload}
      </LinkButton>
    </>
  )
}

const no = (reason: string): Allowed => ({ isAllowed: false, reason })
