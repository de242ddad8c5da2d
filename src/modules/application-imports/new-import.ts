import type { FastifyRequest } from 'fastify'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import { importOf, withFiles } from './resource.ts'

type New = {
  application: { id: string; tenant_id: string; name: string }
  type: 'scheduled' | 'manual' | 'api'
  rows_total?: number | null
  files?: { id: string; file_group_id: string; name: string; size: bigint }[]
}

/** Stores an import and sends its job. In the caller's transaction: there is none without the other. */
export async function newImport(
  tx: Transaction,
  request: FastifyRequest,
  jobs: Jobs,
  { application, type, rows_total = null, files = [] }: New,
) {
  const { owner, credential } = request.authority
  const row = await tx.applicationImport.create({
    data: {
      application_id: application.id,
      type,
      created_by: credential.name ?? owner.name,
      created_by_id: owner.id,
      credential_id: credential.id,
      rows_total,
      files: { create: files },
    },
    include: withFiles,
  })
  await recordEvent(tx, request, {
    action: 'application_import.created',
    target_type: 'application_import',
    target_id: row.id,
    tenant_ids: [application.tenant_id],
    after: {
      number: row.number,
      type,
      application_id: application.id,
      application: application.name,
      files: files.map(({ id, file_group_id, name, size }) => ({
        id,
        file_group_id,
        name,
        size: Number(size),
      })),
    },
  })
  await jobs.send(tx, 'run_import', { import_id: row.id }, { key: application.id })
  return importOf(row)
}
