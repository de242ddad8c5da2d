import { begunBy } from '../../audit/begun-by.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { recordWork } from '../../audit/record-work.ts'
import { work } from '../../jobs/jobs.ts'
import type { WorkOf } from '../../operation.ts'

const actorName = 'Schedule'

/**
 * Begins the import of an application whose schedule says that it is due. None is begun while there is one that
 * hasn't ended: what waits to be confirmed would be overtaken by a newer one, or overwrite it later.
 */
export const beginScheduledImport: WorkOf = ({ prisma, jobs, log }) =>
  work({
    queue: 'begin_scheduled_import',
    handle: ({ application_id }) =>
      prisma.$transaction(async (tx) => {
        const application = await lockDue(tx, application_id)
        const open = application && (await openImport(tx, application_id))
        if (!application || open) {
          log.info({ application_id, open }, 'a scheduled import is skipped')
          return
        }
        const { id, number } = await tx.applicationImport.create({
          data: { application_id, type: 'scheduled', created_by: actorName },
        })
        await jobs.send(tx, 'run_import', { import_id: id }, { key: application_id })
        const nobody = { id, name: actorName, user_id: null, credential_id: null }
        await recordWork(tx, await begunBy(tx, nobody), {
          action: 'application_import.created',
          target_type: 'application_import',
          target_id: id,
          tenant_ids: [application.tenant_id],
          after: {
            number,
            type: 'scheduled',
            application_id,
            application: application.name,
            files: [],
          },
        })
      }),
  })

/** The application, if it is still to be imported by itself, and in a tenant that is not asleep. */
async function lockDue(tx: Transaction, id: string) {
  await tx.$executeRaw`SELECT 1 FROM applications WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  const application = await tx.application.findFirst({
    where: { id, is_archived: false, tenant: { status: 'active' } },
    select: { name: true, tenant_id: true, import_schedule: true },
  })
  return application?.import_schedule ? application : null
}

/** One that was paused and has been overtaken can't be confirmed any more, and stands in nobody's way. */
async function openImport(tx: Transaction, application_id: string) {
  const last = await tx.applicationImport.findFirst({
    where: { application_id, status: 'finished' },
    select: { number: true },
    orderBy: { number: 'desc' },
  })
  return tx.applicationImport.findFirst({
    where: {
      application_id,
      OR: [
        { status: { in: ['pending', 'running', 'canceling'] } },
        { status: 'paused', number: { gt: last?.number ?? 0 } },
      ],
    },
    select: { number: true, status: true },
  })
}
