import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCluster } from '../src/db/embedded/cluster.ts'
import { migrate } from '../src/db/migrate.ts'
import { schemaDiff } from './schema-diff.ts'

/**
 * Writes the SQL that leads from the migrations so far to schema.prisma, as a migration to be completed
 * by hand: `npm run migration -- add_something`.
 */
const [name] = process.argv.slice(2)
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Name the migration in lower-case words: npm run migration -- add_something')
  process.exit(1)
}
const directory = mkdtempSync(join(tmpdir(), 'postern-migration-'))
chmodSync(directory, 0o755)
const cluster = await startCluster({ dataDirectory: directory, onCrash: () => process.exit(1) })
const database = 'postern'
await cluster.ensureDatabase(database)
await migrate(cluster.url(database))
const script = await schemaDiff(cluster.url(database), 'database')
await cluster.stop()
rmSync(directory, { recursive: true })

const at = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
const folder = `prisma/migrations/${at}_${name}`
mkdirSync(folder)
writeFileSync(`${folder}/migration.sql`, script)
console.log(
  `${folder}/migration.sql: complete it with what Prisma does not know of, grants above all`,
)
