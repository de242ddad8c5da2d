import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DocumentedOperation, readApiDocument } from '../support/api-document.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { contract, extras } from './contract.ts'

let server: TestServer
let operations: DocumentedOperation[]
beforeAll(async () => {
  server = await startServer()
  operations = (await readApiDocument(server.call)).operations
})
afterAll(() => server.close())

const nameOf = (entry: string) => entry.split('?')[0] ?? ''
const named = () => operations.map(({ name }) => name)

describe('The contract and the OpenAPI document', () => {
  it.each(Object.entries(contract))('agree on %s: no operation is missing', (_, entries) => {
    const missing = entries.map(nameOf).filter((name) => !named().includes(name))

    expect(missing).toEqual([])
  })

  it('agree that there is nothing else, but for extras with a reason', () => {
    const known = [...Object.values(contract).flat().map(nameOf), ...Object.keys(extras)]
    const undocumented = named().filter((name) => !known.includes(name))

    expect(undocumented).toEqual([])
    expect(Object.keys(extras).filter((name) => !named().includes(name))).toEqual([])
  })

  const withQuery = Object.values(contract)
    .flat()
    .filter((entry) => entry.includes('?'))
  it.each(withQuery)('agree on the query of %s', (entry) => {
    const one = operations.find(({ name }) => name === nameOf(entry))
    const inQuery = (one?.operation.parameters ?? []).filter(
      (parameter) => parameter.in === 'query',
    )

    expect(inQuery.map(({ name }) => name)).toEqual(
      expect.arrayContaining(entry.split('?')[1]?.split('&') ?? []),
    )
  })

  it('name every operation once', () => {
    const names = Object.values(contract).flat().map(nameOf)

    expect(new Set(names).size).toBe(names.length)
    expect(new Set(named()).size).toBe(operations.length)
  })
})
