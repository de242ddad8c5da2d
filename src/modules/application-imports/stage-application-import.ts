import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { unprocessable } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { lockApplication } from './lock-import.ts'
import { newImport } from './new-import.ts'
import { ApplicationImportRef } from './resource.ts'

const Body = Type.Object({ application_id: Id }, { additionalProperties: false })

/** Begins now what the application's import schedule begins when it is due. */
export const stageApplicationImport: Operation = (app, { prisma, jobs }) => {
  app.post(
    '/application-imports/stage',
    {
      config: { access: withinReach('imports.run') },
      schema: {
        operationId: 'stageApplicationImport',
        summary: 'Stage an import from the application’s source',
        tags: ['application-imports'],
        body: Body,
        response: { 201: ApplicationImportRef, ...errorAnswers(404, 422) },
      },
    },
    async (request, reply) => {
      const { application_id } = request.body
      const created = await changing(prisma, request, {}, async (tx) => {
        const application = await lockApplication(tx, request, application_id)
        return once(tx, request, async () => {
          if (application.is_archived) {
            throw unprocessable('application_id', 'names an application that is archived')
          }
          if (application.import_schedule === null) {
            throw unprocessable('application_id', 'names an application without an import schedule')
          }
          return newImport(tx, request, jobs, { application, type: 'scheduled' })
        })
      })
      return reply.code(201).send(created)
    },
  )
}
