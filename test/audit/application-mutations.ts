import type { TestServer } from '../support/server.ts'
import { bySession, type Mutation } from './mutation.ts'

const import_schedule = {
  cron: '30 2 * * *',
  source_url: 'https://exports.example.com/accounts.csv?signature=s3cret-s1gnature',
}
const told = {
  ...import_schedule,
  source_url: 'https://exports.example.com/accounts.csv?[redacted]',
}

/** What is changed of applications, as in mutations.ts. */
export const applicationMutations: Record<string, (server: TestServer) => Promise<Mutation>> = {
  createApplication: async ({ given }) => {
    const [administrator, tenant] = [await given.admin(), await given.tenant()]
    const body = { tenant_id: tenant.id, name: 'Core banking', import_schedule }
    return {
      method: 'POST',
      path: '/applications',
      as: administrator.as,
      body,
      status: 201,
      event: (answer) => ({
        ...bySession(administrator),
        action: 'application.created',
        target_type: 'application',
        target_id: answer.body.id,
        tenant_ids: [tenant.id],
        before: null,
        after: {
          name: 'Core banking',
          priority: 'none',
          is_archived: false,
          change_threshold_percent: 50,
          import_schedule: told,
          file_groups: answer.body.file_groups,
        },
      }),
    }
  },

  updateApplication: async ({ given }) => {
    const [administrator, tenant] = [await given.admin(), await given.tenant()]
    const application = await given.application(tenant.id)
    return {
      method: 'PATCH',
      path: `/applications/${application.id}`,
      as: administrator.as,
      body: { priority: 'high', import_schedule },
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'application.updated',
        target_type: 'application',
        target_id: application.id,
        tenant_ids: [tenant.id],
        before: { priority: 'none', import_schedule: null },
        after: { priority: 'high', import_schedule: told },
      }),
      secrets: () => ['s3cret-s1gnature'],
    }
  },
}
