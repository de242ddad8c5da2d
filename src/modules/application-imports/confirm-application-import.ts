import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockImport } from './lock-import.ts'
import { ApplicationImportRef, importOf, withFiles } from './resource.ts'

/** Lets an import go on that was paused for how much it changes. */
export const confirmApplicationImport: Operation = (app, { prisma, jobs }) => {
  app.post(
    '/application-imports/:id/confirm',
    {
      config: { access: withinReach('imports.run') },
      schema: {
        operationId: 'confirmApplicationImport',
        summary: 'Confirm a paused application import',
        tags: ['application-imports'],
        params: IdParams,
        response: { 200: ApplicationImportRef, ...errorAnswers(409) },
      },
    },
    async (request) =>
      changing(prisma, request, {}, async (tx) => {
        const { id, status, number, application } = await lockImport(tx, request, request.params.id)
        if (status !== 'paused') throw conflict(`The import is ${status}, not paused`)
        const later = await tx.applicationImport.findFirst({
          where: { application_id: application.id, number: { gt: number }, status: 'finished' },
        })
        if (later) throw conflict(`Import ${later.number}, begun later, has finished already`)
        const row = await tx.applicationImport.update({
          where: { id },
          data: { status: 'pending', is_confirmed: true, log: null },
          include: withFiles,
        })
        await recordEvent(tx, request, {
          action: 'application_import.confirmed',
          target_type: 'application_import',
          target_id: id,
          tenant_ids: [application.tenant_id],
          before: { status },
          after: { status: row.status },
        })
        await jobs.send(tx, 'run_import', { import_id: id }, { key: application.id })
        return importOf(row)
      }),
  )
}
