import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtInPermissions } from '../src/access/permissions.ts'
import { type DocumentedOperation, readApiDocument } from './support/api-document.ts'
import { startServer, type TestServer } from './support/server.ts'

const require = createRequire(import.meta.url)
const newman = require.resolve('newman/bin/newman.js')
const collectionFile = 'openapi/postman_collection.json'
const environmentFile = 'openapi/postman_environment.json'

type Item = {
  id: string
  name: string
  request: { method: string; url: { path: string[] }; auth?: { type: string } }
}
type Collection = { auth: object; item: { name: string; item: Item[] }[] }
type Execution = {
  item: { name: string }
  response: { code: number; stream: { data: number[] } }
  assertions?: { error?: object }[]
}

const collection: Collection = JSON.parse(await readFile(collectionFile, 'utf8'))
const items = collection.item.flatMap(({ item }) => item)
const pathOf = ({ request }: Item) => `/${request.url.path.join('/').replaceAll(/:(\w+)/g, '{$1}')}`

let server: TestServer
let operations: DocumentedOperation[]
let owner: { id: string; email: string }
let token: string
let directory: string
beforeAll(async () => {
  server = await startServer()
  operations = (await readApiDocument(server.call)).operations
  owner = await server.given.admin()
  const permissions = Object.keys(builtInPermissions)
  token = (await server.given.token(owner.id, { permissions, tenants: ['any'] })).as
  directory = await mkdtemp(join(tmpdir(), 'postern-postman-'))
})
afterAll(async () => {
  await rm(directory, { recursive: true })
  await server.close()
})

/** As the README says, with a report for this test to read. */
async function run(file: string, ...options: string[]): Promise<Execution[]> {
  const report = join(directory, 'report.json')
  const child = spawn(process.execPath, [
    ...[newman, 'run', file, '-e', environmentFile, ...options],
    ...['--env-var', `base_url=${server.url}`, '--env-var', `token=${token}`],
    ...['--reporters', 'json', '--reporter-json-export', report],
  ])
  const [exitCode] = await once(child, 'exit')
  expect(exitCode).toBe(0)
  return JSON.parse(await readFile(report, 'utf8')).run.executions
}

describe('The Postman collection', () => {
  it('has every operation once, in the folder of its tag, under an id that stays', () => {
    const inFolders = collection.item.flatMap(({ name, item }) =>
      item.map((one) => `${name}: ${one.request.method} ${pathOf(one)}`),
    )
    const documented = operations.map(
      ({ method, path, operation }) => `${operation.tags?.[0]}: ${method} ${path}`,
    )

    expect(inFolders.sort()).toEqual(documented.sort())
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
  })

  it('sends the token with everything but what needs none', () => {
    const open = operations.filter(({ operation }) => operation.security?.length === 0)

    expect(collection.auth).toMatchObject({ type: 'bearer' })
    expect(
      items
        .filter(({ request }) => request.auth)
        .map(pathOf)
        .sort(),
    ).toEqual(open.map(({ path }) => path).sort())
  })

  it('begins with Describe Current User, which tells whose token it is', async () => {
    expect(items[0]?.name).toBe('Describe Current User')

    const [execution] = await run(collectionFile, '--folder', 'Describe Current User')

    expect(execution?.response.code).toBe(200)
    const answer = JSON.parse(Buffer.from(execution?.response.stream.data ?? []).toString())
    expect(answer).toMatchObject({
      id: owner.id,
      email: owner.email,
      credential: { kind: 'personal_access_token' },
    })
    expect(execution?.assertions?.map(({ error }) => error)).toEqual([undefined, undefined])
  })

  it('reads, wherever no id is needed, and gets documented answers', async () => {
    const reading = items.filter((one) => one.request.method === 'GET' && !/\{/.test(pathOf(one)))
    const file = join(directory, 'reading.json')
    await writeFile(file, JSON.stringify({ ...collection, item: reading }))

    const executions = await run(file, '--ignore-redirects')

    const codes = new Map(executions.map(({ item, response }) => [item.name, response.code]))
    for (const one of reading) {
      const found = operations.find(({ method, path }) => method === 'GET' && path === pathOf(one))
      const code = codes.get(one.name) ?? 0
      expect({ name: one.name, code, isServerError: code >= 500 }).toEqual({
        name: one.name,
        code,
        isServerError: false,
      })
      expect(Object.keys(found?.operation.responses ?? {})).toContain(`${code}`)
    }
    expect([...codes.values()].filter((code) => code === 200).length).toBeGreaterThan(5)
  })
})
