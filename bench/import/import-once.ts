import { openAsBlob } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export type Moments = { uploaded: number; started: number; finished: number }

type Answer = { id: string; status: string; log: string | null; file_groups: { id: string }[] }

/** Calls a server as a person who may do everything. */
export async function signedIn(url: string, administrator: { email: string; password: string }) {
  let token = ''
  const call = async (method: string, path: string, body?: object): Promise<Answer> => {
    const isForm = body instanceof FormData
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return (await response.json()) as Answer
  }
  const session = await call('POST', '/auth/login', administrator)
  token = (session as unknown as { access_token: string }).access_token
  return call
}

type Call = Awaited<ReturnType<typeof signedIn>>

/** Imports a file into an application without accounts. The moments are in seconds from the beginning of the upload. */
export async function importOnce(call: Call, tenant_id: string, path: string): Promise<Moments> {
  const application = await call('POST', '/applications', {
    tenant_id,
    name: `application ${Math.random()}`,
    file_groups: [{ name: 'accounts', required: true }],
  })
  const form = new FormData()
  form.append('application_id', application.id)
  form.append(application.file_groups[0]?.id ?? '', await openAsBlob(path), 'accounts.csv')
  const begun = performance.now()
  const since = () => (performance.now() - begun) / 1000
  const { id } = await call('POST', '/application-imports/upload', form)
  const moments = { uploaded: since(), started: 0, finished: 0 }
  for (;;) {
    const { status, log } = await call('GET', `/application-imports/${id}`)
    if (status !== 'pending' && moments.started === 0) moments.started = since()
    if (status === 'finished') return { ...moments, finished: since() }
    if (status !== 'pending' && status !== 'running') throw new Error(`${status}: ${log}`)
    await sleep(100)
  }
}
