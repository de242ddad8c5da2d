import { withinReach } from '../../access/declaration.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { ApplicationImportRef, importOf, withFiles } from './resource.ts'
import { importsWithin } from './within-reach.ts'

export const getApplicationImport: Operation = (app, { prisma }) => {
  app.get(
    '/application-imports/:id',
    {
      config: { access: withinReach('imports.read') },
      schema: {
        operationId: 'getApplicationImport',
        summary: 'See an application import',
        tags: ['application-imports'],
        params: IdParams,
        response: { 200: ApplicationImportRef },
      },
    },
    async ({ params, reach }) => {
      const row = await prisma.applicationImport.findFirst({
        where: { AND: [{ id: params.id }, importsWithin(reach)] },
        include: withFiles,
      })
      if (!row) throw notFound()
      return importOf(row)
    },
  )
}
