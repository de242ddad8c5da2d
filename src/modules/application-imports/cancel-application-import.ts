import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { databaseNow } from '../../db/now.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockImport } from './lock-import.ts'
import { ApplicationImportRef, importOf, withFiles } from './resource.ts'

/** Ends an import that has not ended. One that runs is `canceling` until whoever works on it has noticed. */
export const cancelApplicationImport: Operation = (app, { prisma, jobs }) => {
  app.post(
    '/application-imports/:id/cancel',
    {
      config: { access: withinReach('imports.run') },
      schema: {
        operationId: 'cancelApplicationImport',
        summary: 'Cancel an application import',
        tags: ['application-imports'],
        params: IdParams,
        response: { 200: ApplicationImportRef, ...errorAnswers(409) },
      },
    },
    async (request) =>
      changing(prisma, request, {}, async (tx) => {
        const before = await lockImport(tx, request, request.params.id)
        const { id, status, application } = before
        if (!['pending', 'running', 'paused'].includes(status)) {
          throw conflict(`The import is ${status} already`)
        }
        const isRunning = status === 'running'
        const row = await tx.applicationImport.update({
          where: { id },
          data: isRunning
            ? { status: 'canceling' }
            : { status: 'canceled', build_end: await databaseNow(tx) },
          include: withFiles,
        })
        await recordEvent(tx, request, {
          action: isRunning ? 'application_import.cancel_requested' : 'application_import.canceled',
          target_type: 'application_import',
          target_id: id,
          tenant_ids: [application.tenant_id],
          before: { status },
          after: { status: row.status },
        })
        // What it has left is for a worker to remove; and if none works on it any more, one ends it.
        await jobs.send(tx, 'run_import', { import_id: id }, { key: application.id })
        return importOf(row)
      }),
  )
}
