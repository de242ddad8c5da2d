import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eventTypes, families } from '../../../src/modules/webhooks/event-types.ts'

const root = join(import.meta.dirname, '../../../src')
const sources = globSync('**/*.ts', { cwd: root, exclude: ['generated/**'] }).map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}))
const found = (pattern: RegExp) =>
  sources.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, action = '']) => action))

describe('The event types', () => {
  it('hold every action of their families that the code writes down', () => {
    const written = found(new RegExp(`'((?:${families.join('|')})\\.[a-z_]+)'`, 'g'))
    expect(written).toContain('token.created')
    // The name of a field.
    const actions = written.filter((text) => text !== 'user.role_ids')
    expect(actions.filter((action) => !eventTypes.includes(action))).toEqual([])
  })

  it('hold those that are put together, too', () => {
    const ofImports = found(/await recordRun\([^']*'([a-z]+)'/g)
    expect([...new Set(ofImports)].sort()).toEqual([
      'canceled',
      'failed',
      'finished',
      'paused',
      'started',
    ])
    for (const verb of ofImports) expect(eventTypes).toContain(`application_import.${verb}`)
    const together = sources.filter(({ text }) =>
      new RegExp(`\`(?:${families.join('|')})\\.\\$\\{`).test(text),
    )
    // Whoever adds one looks whether what it writes is in the list.
    expect(together.map(({ file }) => file).sort()).toEqual([
      'modules/application-imports/run/run.ts',
      'modules/personnel-events/cancel-personnel-event.ts',
      'modules/personnel-events/run/take-step.ts',
    ])
  })
})
