import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { startProcess } from '../support/process.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase(null)
})
afterAll(() => database.drop())

describe('the first start', () => {
  it('has shown the administrator’s password even where it can not listen', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as AddressInfo
    const start = startProcess({ DATABASE_URL: database.url, PORT: String(port) })
    await expect(start).rejects.toThrow(/password {2}\S{24}[\s\S]*EADDRINUSE/)
    taken.close()
  })

  it('takes the application’s role whatever options the URL brings', async () => {
    const url = new URL(database.url)
    url.searchParams.set('options', '-c search_path=public')
    const opened = openDatabase({ url: url.toString(), poolSize: 2, onError: () => undefined })
    const { rows } = await opened.pool.query(
      "SELECT current_user AS role, current_setting('search_path') AS path, current_setting('statement_timeout') AS timeout",
    )
    expect(rows).toEqual([{ role: 'postern_app', path: 'public', timeout: '2500ms' }])
    await opened.close()
  })
})
