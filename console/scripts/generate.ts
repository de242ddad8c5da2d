import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'

type Operation = { operationId?: string; summary?: string; 'x-required-permission'?: string | null }
type Document = { paths: Record<string, Record<string, Operation>> }

const folder = join(import.meta.dirname, '../src/generated')
const source = new URL('../../openapi/openapi.json', import.meta.url)
const document: Document = JSON.parse(await readFile(source, 'utf8'))

const header = '// Generated from openapi/openapi.json by scripts/generate.ts.\n'

/** What a token may call is shown beside the form: the operations that need a permission, and which. */
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) => {
    const permission = operation['x-required-permission']
    if (!permission) return []
    return [{ method: method.toUpperCase(), path, summary: operation.summary ?? path, permission }]
  }),
)

await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'api.d.ts'), header + astToString(await openapiTS(source)))
await writeFile(
  join(folder, 'operations.ts'),
  `${header}export type ApiOperation = { method: string; path: string; summary: string; permission: string }

export const operations: readonly ApiOperation[] = ${JSON.stringify(operations, null, 2)}
`,
)
