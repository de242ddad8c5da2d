import { readFile } from 'node:fs/promises'
import { noFilters, openSchemaEngine } from '../src/db/schema-engine.ts'

const schemaPath = 'prisma/schema.prisma'

/** The SQL that leads from nothing (`null`), or from the live database, to `schema.prisma`. */
export async function schemaDiff(databaseUrl: string, from: 'empty' | 'database'): Promise<string> {
  const files = [{ path: schemaPath, content: await readFile(schemaPath, 'utf8') }]
  const { engine, close } = await openSchemaEngine(databaseUrl)
  try {
    const { stdout } = await engine.diff({
      from:
        from === 'empty'
          ? { tag: 'empty' }
          : { tag: 'schemaDatasource', files, configDir: process.cwd() },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: noFilters,
    })
    return stdout ?? ''
  } finally {
    await close()
  }
}
