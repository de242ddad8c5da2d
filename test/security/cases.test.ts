import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const idsIn = (text: string): string[] =>
  text.match(/\b(CVE-\d+-\d+|GO-\d+-\d+|GHSA(-[0-9a-z]{4}){3})\b/g) ?? []

/** A file says of an id only what stands in a text: a comment is in no test's name. */
const withoutComments = (code: string) =>
  code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')

const rows = read('docs/security-cases.md')
  .split('\n')
  .filter((line) => line.startsWith('|') && idsIn(line).length > 0)
  .map((line) => {
    const [, ids = '', , tests = ''] = line.split('|')
    const files = [...tests.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file)
    return { ids: idsIn(ids), files }
  })
const pairs = rows.flatMap(({ ids, files }) =>
  ids.flatMap((id) => files.map((file) => ({ id, file }))),
)

describe('docs/security-cases.md', () => {
  it('has rows, each with an id and a test', () => {
    expect(rows.length).toBeGreaterThan(30)
    for (const { ids, files } of rows) {
      expect(ids).not.toEqual([])
      expect({ ids, files }).not.toEqual({ ids, files: [] })
    }
  })

  it('names files that are there, and in which a test has the id in its name', () => {
    const wrong = pairs.filter(
      ({ id, file }) =>
        !existsSync(join(root, file)) || !idsIn(withoutComments(read(file))).includes(id),
    )
    expect(wrong).toEqual([])
  })

  it('knows every id that a test has in its name', () => {
    const files = globSync('test/**/*.test.ts', { cwd: root })
    const named = files.flatMap((file) =>
      idsIn(withoutComments(read(file))).map((id) => ({ id, file })),
    )
    const key = ({ id, file }: { id: string; file: string }) => `${id} ${file}`
    const known = new Set(pairs.map(key))
    expect(named.length).toBeGreaterThan(30)
    expect(named.filter((one) => !known.has(key(one)))).toEqual([])
  })
})
