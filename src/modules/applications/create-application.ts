import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { requireTenantFacts } from '../../accounts/scope-entry.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id, nullable } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { requireFileGroups, usualGroups } from './file-groups.ts'
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
  toldOf,
  withGroups,
} from './resource.ts'
import { keepSchedule, requireOneFile, requireSchedule } from './schedule.ts'

const Body = Type.Object(
  {
    tenant_id: Id,
    name: ApplicationName,
    priority: Type.Optional(Priority),
    import_schedule: Type.Optional(nullable(ImportSchedule)),
    change_threshold_percent: Type.Optional(ThresholdPercent),
    file_groups: Type.Optional(
      Type.Array(
        Type.Object({ name: FileGroupName, required: Required }, { additionalProperties: false }),
        {
          minItems: 1,
          maxItems: 20,
          description:
            'The files that an import is made of; not given: one that is required, `accounts`',
        },
      ),
    ),
  },
  { additionalProperties: false },
)

/** Without another word, an import that changes more than half of the accounts waits for somebody to look. */
const usualThreshold = 50

export const createApplication: Operation = (app, { prisma, jobs, sourceRules }) => {
  app.post(
    '/applications',
    {
      config: { access: withinReach('applications.write') },
      schema: {
        operationId: 'createApplication',
        summary: 'Create an application',
        tags: ['applications'],
        body: Body,
        response: { 201: ApplicationRef, ...errorAnswers(409, 422) },
      },
    },
    async (request, reply) => {
      const { body } = request
      requireSchedule(body.import_schedule, sourceRules)
      requireFileGroups(body.file_groups)
      const created = await changing(prisma, request, {}, async (tx) => {
        const { authority } = request
        await requireTenantFacts(tx, authority, builtIn('applications.write'), body.tenant_id)
        return once(tx, request, async () => {
          const row = await create(tx)
          requireOneFile(row)
          await keepSchedule(tx, jobs, null, row)
          await recordEvent(tx, request, {
            action: 'application.created',
            target_type: 'application',
            target_id: row.id,
            tenant_ids: [row.tenant_id],
            after: toldOf(row),
          })
          return applicationOf(row, authority)
        })
      }).catch(nameTaken)
      return reply.code(201).send(created)

      function create(tx: Transaction) {
        const { file_groups = usualGroups, import_schedule, ...fields } = body
        const groups = file_groups.map((group, position) => ({ ...group, position }))
        return tx.application.create({
          data: {
            change_threshold_percent: usualThreshold,
            ...fields,
            ...(import_schedule && { import_schedule }),
            file_groups: { create: groups },
          },
          include: withGroups,
        })
      }
    },
  )
}
