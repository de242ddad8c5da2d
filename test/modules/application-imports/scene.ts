import { setTimeout as sleep } from 'node:timers/promises'
import type { TestServer } from '../../support/server.ts'

/** A file of an upload: the id of its group, and what is in it. */
type Part = [name: string, content: string | Uint8Array, filename?: string]

const ended = ['finished', 'failed', 'canceled', 'paused']

export const header = 'account,email,privilege\n'

/** An administrator with an application, and what one does with imports. */
export async function sceneOf({ given, url, call, database }: TestServer) {
  const tenant = await given.tenant()
  const admin = await given.admin()
  const application = await given.application(tenant.id)
  const group = application.file_groups[0]?.id ?? ''

  async function send(parts: Part[], { as = admin.as, headers = {} } = {}) {
    const form = new FormData()
    for (const [name, content, filename] of parts) {
      if (filename === undefined && name === 'application_id') form.append(name, `${content}`)
      else form.append(name, new Blob([content as string]), filename ?? 'accounts.csv')
    }
    const response = await fetch(`${url}/api/v1/application-imports/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${as}`, ...headers },
      body: form,
    })
    // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it expects to be there
    const body: any = await response.json()
    return { status: response.status, headers: response.headers, body }
  }

  /** As an import of one file into the application of the scene, or another. */
  const upload = (content: string | Uint8Array, to = application) =>
    send([
      ['application_id', to.id],
      [to.file_groups[0]?.id ?? '', content],
    ])

  const see = async (id: string) =>
    (await call('GET', `/application-imports/${id}`, { as: admin.as })).body

  /** The import, when it has ended or waits. */
  async function settled(id: string, withinMs = 20_000) {
    const deadline = Date.now() + withinMs
    for (;;) {
      const seen = await see(id)
      if (ended.includes(seen.status)) return seen
      if (Date.now() > deadline) throw new Error(`Still ${seen.status}: ${JSON.stringify(seen)}`)
      await sleep(30)
    }
  }

  const imported = async (content: string | Uint8Array, to = application) => {
    const { body } = await upload(content, to)
    return settled(body.id)
  }

  const accounts = (of = application.id) =>
    database.sql<{ account: string; email: string | null; privileges: string[] }>(
      `SELECT account, email, privileges FROM application_accounts WHERE application_id = $1
       ORDER BY account COLLATE "C"`,
      [of],
    )

  const events = (id: string) =>
    database.sql<{ action: string; actor_name: string; credential_name: string | null }>(
      'SELECT * FROM audit_events WHERE target_id = $1 ORDER BY at, id',
      [id],
    )

  return {
    tenant,
    admin,
    application,
    group,
    send,
    upload,
    see,
    settled,
    imported,
    accounts,
    events,
  }
}

export type Scene = Awaited<ReturnType<typeof sceneOf>>
