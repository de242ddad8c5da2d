import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { orderBy, Page, pageFields, pageOf, Query, sortField } from '../../http/pagination.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { ApplicationImportRef, ImportStatus, importOf, withFiles } from './resource.ts'
import { importsWithin } from './within-reach.ts'

const QueryFields = Query({
  ...pageFields,
  ...sortField(['created_at'], '-created_at'),
  application_id: Type.Optional(Id),
  status: Type.Optional(ImportStatus),
})

/** The imports of tenants where the caller holds `imports.read`, the newest first. */
export const listApplicationImports: Operation = (app, { prisma }) => {
  app.get(
    '/application-imports',
    {
      config: { access: withinReach('imports.read') },
      schema: {
        operationId: 'listApplicationImports',
        summary: 'List application imports',
        tags: ['application-imports'],
        querystring: QueryFields,
        response: { 200: Page(ApplicationImportRef) },
      },
    },
    async ({ reach, query }) => {
      const { application_id, status } = query
      const where = {
        AND: [
          importsWithin(reach),
          application_id ? { application_id } : {},
          status ? { status } : {},
        ],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.applicationImport.count({ where }),
        (slice, found) =>
          prisma.applicationImport.findMany({
            where: { AND: [where, found] },
            include: withFiles,
            ...slice,
          }),
        () => prisma.applicationImport.findMany({ where, select: { id: true } }),
      )
      return { data: rows.map(importOf), ...page }
    },
  )
}
