import type { TestServer } from '../support/server.ts'
import { bySession, type Mutation } from './mutation.ts'

const import_schedule = {
  cron: '30 2 * * *',
  source_url: 'https://exports.example.com/accounts.csv?signature=3f1c0e7a9d',
}

/** What changes imports; see mutations.ts. */
export const importMutations: Record<string, (server: TestServer) => Promise<Mutation>> = {
  stageApplicationImport: async ({ given }) => {
    const tenant = await given.tenant()
    const owner = await given.admin()
    const token = await given.token(owner.id, {
      permissions: ['imports.run'],
      tenants: [tenant.id],
      name: 'HRIS Integration',
    })
    const application = await given.application(tenant.id, { import_schedule })
    return {
      method: 'POST',
      path: '/application-imports/stage',
      as: token.as,
      body: { application_id: application.id },
      status: 201,
      event: ({ body }) => ({
        actor_id: owner.id,
        credential_kind: 'personal_access_token',
        credential_id: token.id,
        credential_name: 'HRIS Integration',
        ...created(body, application),
      }),
      secrets: () => [token.as, 'signature=3f1c0e7a9d'],
    }
  },

  uploadApplicationImport: async ({ given }) => {
    const tenant = await given.tenant()
    const person = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['imports.run'] }],
    })
    const application = await given.application(tenant.id)
    const [group] = application.file_groups
    return {
      method: 'POST',
      path: '/application-imports/upload',
      as: person.as,
      headers: { 'content-type': 'multipart/form-data; boundary=part' },
      body: [
        '--part\r\ncontent-disposition: form-data; name="application_id"\r\n\r\n',
        `${application.id}\r\n--part\r\n`,
        `content-disposition: form-data; name="${group?.id}"; filename="accounts.csv"\r\n\r\n`,
        'account,email,privilege\nada,ada@example.com,read\n\r\n--part--\r\n',
      ].join(''),
      status: 201,
      event: ({ body }) => ({ ...bySession(person), ...created(body, application) }),
    }
  },

  cancelApplicationImport: (server) => ending(server, 'pending', 'cancel', 'canceled', 'canceled'),

  'cancelApplicationImport, at work': (server) =>
    ending(server, 'running', 'cancel', 'cancel_requested', 'canceling'),

  'cancelApplicationImport, paused': (server) =>
    ending(server, 'paused', 'cancel', 'canceled', 'canceled'),

  confirmApplicationImport: (server) => ending(server, 'paused', 'confirm', 'confirmed', 'pending'),
}

type Application = { id: string; tenant_id: string; name: string }
type File = { id: string; file_group_id: string; name: string; size: number }
type Body = { id: string; number: number; type: string; files: File[] }

const told = ({ id, file_group_id, name, size }: File) => ({ id, file_group_id, name, size })

const created = (body: Body, { id, tenant_id, name }: Application) => ({
  action: 'application_import.created',
  target_type: 'application_import',
  target_id: body.id,
  tenant_ids: [tenant_id],
  before: null,
  after: {
    number: body.number,
    type: body.type,
    application_id: id,
    application: name,
    files: (body.files ?? []).map(told),
  },
})

async function ending(
  { given }: TestServer,
  before: string,
  operation: 'cancel' | 'confirm',
  action: string,
  after: string,
): Promise<Mutation> {
  const tenant = await given.tenant()
  const person = await given.person({
    tenants: [tenant.id],
    grants: [{ permissions: ['imports.run'] }],
  })
  const { id } = await given.application(tenant.id)
  const import_id = await given.applicationImport(id, before)
  return {
    method: 'POST',
    path: `/application-imports/${import_id}/${operation}`,
    as: person.as,
    status: 200,
    event: () => ({
      ...bySession(person),
      action: `application_import.${action}`,
      target_type: 'application_import',
      target_id: import_id,
      tenant_ids: [tenant.id],
      before: { status: before },
      after: { status: after },
    }),
  }
}
