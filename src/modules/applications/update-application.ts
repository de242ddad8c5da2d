import { type Static, Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { changing } from '../../access/changing.ts'
import { refusingLeg } from '../../access/decide.ts'
import { withinReach } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { requirePermission } from '../../access/require.ts'
import type { TenantFacts } from '../../access/scope.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id, IdParams, nullable } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { replaceFileGroups, requireFileGroups } from './file-groups.ts'
import { nameTaken } from './name-taken.ts'
import {
  ApplicationName,
  ApplicationRef,
  applicationOf,
  FileGroupName,
  ImportSchedule,
  Priority,
  Required,
  ThresholdPercent,
  toldChange,
  withGroups,
} from './resource.ts'
import { keepSchedule, requireOneFile, requireSchedule } from './schedule.ts'

const Body = Type.Object(
  {
    name: Type.Optional(ApplicationName),
    priority: Type.Optional(Priority),
    is_archived: Type.Optional(Type.Boolean()),
    import_schedule: Type.Optional(nullable(ImportSchedule)),
    change_threshold_percent: Type.Optional(ThresholdPercent),
    file_groups: Type.Optional(
      Type.Array(
        Type.Object(
          { id: Type.Optional(Id), name: FileGroupName, required: Required },
          { additionalProperties: false },
        ),
        {
          minItems: 1,
          maxItems: 20,
          description:
            'All of them, in their order. One is known by its id, or else by its name; one that imports have used cannot be left out',
        },
      ),
    ),
  },
  { additionalProperties: false },
)

/** Changes an application. One in the archive is imported no more, neither by its schedule nor by request. */
export const updateApplication: Operation = (app, { prisma, jobs, sourceRules }) => {
  app.patch(
    '/applications/:id',
    {
      config: { access: withinReach('applications.write') },
      schema: {
        operationId: 'updateApplication',
        summary: 'Change an application',
        tags: ['applications'],
        params: IdParams,
        body: Body,
        response: { 200: ApplicationRef, ...errorAnswers(409, 422) },
      },
    },
    async (request) => {
      const { params, body } = request
      requireSchedule(body.import_schedule, sourceRules)
      requireFileGroups(body.file_groups)
      return changing(prisma, request, {}, async (tx) => {
        const before = await lockApplication(tx, params.id, request.authority)
        if (body.file_groups) {
          await replaceFileGroups(tx, before.id, before.file_groups, body.file_groups)
        }
        const changed = await change(tx, before.id, body)
        requireOneFile(changed)
        const told = toldChange(before, changed)
        if (told === null) return applicationOf(before, request.authority)
        await keepSchedule(tx, jobs, before, changed)
        const after = await tx.application.update({
          where: { id: before.id },
          data: { last_updated: request.authority.read_at },
          include: withGroups,
        })
        await recordEvent(tx, request, {
          action: 'application.updated',
          target_type: 'application',
          target_id: after.id,
          tenant_ids: [after.tenant_id],
          ...told,
        })
        return applicationOf(after, request.authority)
      }).catch(nameTaken)
    },
  )
}

/**
 * Locked, so that events tell what each change replaced, and an import begins before it or after. 403 is for who
 * may see it; for everybody else it isn't there.
 */
async function lockApplication(tx: Transaction, id: string, authority: Authority) {
  await tx.$executeRaw`SELECT 1 FROM applications WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  const row = await tx.application.findUnique({ where: { id }, include: withGroups })
  if (!row || !maySee(authority, row.tenant)) throw notFound()
  requirePermission(authority, builtIn('applications.write'), row.tenant)
  return row
}

const maySee = (authority: Authority, tenant: TenantFacts) =>
  (['applications.write', 'applications.read'] as const).some(
    (name) => refusingLeg(authority, builtIn(name), tenant) === null,
  )

function change(tx: Transaction, id: string, body: Static<typeof Body>) {
  const { file_groups: _, import_schedule, ...fields } = body
  const data: Prisma.ApplicationUpdateInput = fields
  // Prisma tells a JSON null from a null in the column.
  if (import_schedule !== undefined) data.import_schedule = import_schedule ?? Prisma.DbNull
  return tx.application.update({ where: { id }, data, include: withGroups })
}
