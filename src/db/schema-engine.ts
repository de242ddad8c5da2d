import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/**
 * Prisma's own schema engine in its WebAssembly build. The native build is a download at install
 * time, and a deployment must not depend on one (ADR-0003).
 *
 * `close` ends the engine's connections; `scriptError` is what PostgreSQL said of the last script, of
 * which the engine's own error knows only that there was one.
 */
export async function openSchemaEngine(databaseUrl: string) {
  instantiated ??= instantiate()
  await instantiated
  const pool = new CatalogPool({ connectionString: databaseUrl, max: 1 })
  const factory = bindMigrationAwareSqlAdapterFactory(new EngineAdapter(pool))
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    factory,
  )
  return { engine, close: () => pool.end(), scriptError: () => pool.scriptError }
}

export const noFilters = { externalTables: [], externalEnums: [] }

declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>
}

let instantiated: Promise<void> | undefined

async function instantiate(): Promise<void> {
  const packageFile = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
  const wasm = await readFile(join(dirname(packageFile), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, {
    './schema_engine_bg.js': withoutWaiting(bindings),
  })
  bindings.__wbg_set_wasm(instance.exports)
  // Where the engine leaves the message of a panic, which is else only "unreachable".
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(message: string) {
        throw new Error(`Prisma's schema engine gave up: ${message}`)
      },
    },
  })
  const start = instance.exports['__wbindgen_start'] as () => void
  start()
}

/** The engine leaves a timer of ten seconds, for which a process that has done its work would wait. */
function withoutWaiting(imports: Record<string, unknown>): Record<string, unknown> {
  const setUnwaited = (run: () => void, ms: number) => setTimeout(run, ms >>> 0).unref()
  const names = Object.keys(imports).filter((name) => name.startsWith('__wbg_setTimeout_'))
  return { ...imports, ...Object.fromEntries(names.map((name) => [name, setUnwaited])) }
}

/** The adapter as the engine needs it, in two respects. */
class EngineAdapter extends PrismaPg {
  readonly #pool: CatalogPool

  constructor(pool: CatalogPool) {
    super(pool)
    this.#pool = pool
  }

  override async connect() {
    const adapter = await super.connect()
    // The adapter's own executeScript cuts a script at every semicolon, function bodies included, and
    // commits each piece. Sent whole, PostgreSQL runs it as one transaction: all of it or nothing.
    adapter.executeScript = async (script) => {
      await this.#pool.query(script).catch((error) => {
        this.#pool.scriptError = error
        throw error
      })
    }
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      for (const column of this.#pool.charColumns) {
        result.columnTypes[column] = ColumnTypeEnum.Character
      }
      return result
    }
    return adapter
  }
}

const charOid = 18
const textOid = 25

/**
 * The engine reads `"char"` columns of the system catalogs, a type that the adapter refuses. They
 * pass it as text, and which they were is kept until the next query; the engine sends one at a time.
 */
class CatalogPool extends pg.Pool {
  charColumns: number[] = []
  scriptError: Error | null = null

  override async query(...args: unknown[]): Promise<never> {
    const result = await super.query(...(args as [pg.QueryConfig]))
    const fields = result.fields ?? []
    this.charColumns = [...fields.keys()].filter((at) => fields[at]?.dataTypeID === charOid)
    for (const at of this.charColumns) fields[at]!.dataTypeID = textOid
    return result as never
  }
}
