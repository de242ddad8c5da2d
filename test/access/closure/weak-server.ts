import { registerHooks } from 'node:module'
import { type Checks, plantsIn } from './plants.ts'
import { planted } from './weak/planted.ts'

const standIns = ['access/held', 'modules/roles/lock-role', 'modules/tokens/chosen-for-account']

/** A server whose checks can be replaced by weak ones while it runs. Nothing of src may be loaded before. */
export async function startWeakServer() {
  replaceChecks()
  const held = await import('../../../src/access/held.ts')
  const editor = await import('../../../src/modules/roles/lock-role.ts')
  const account = await import('../../../src/modules/tokens/chosen-for-account.ts')
  const chosen = await import('../../../src/modules/tokens/chosen.ts')
  const { startServer } = await import('../../support/server.ts')
  return {
    server: await startServer(),
    plants: plantsIn({ ...held, ...editor, ...account, ...chosen }),
    plant(weak: Partial<Checks>) {
      planted.checks = weak
    },
  }
}

/** Whoever imports one of them within src gets what stands in its place, which imports the real one. */
function replaceChecks(): void {
  const source = new URL('../../../src/', import.meta.url).href
  const places = new Map(
    standIns.map((name) => [
      `${source}${name}.ts`,
      new URL(`./weak/${name.split('/').at(-1)}.ts`, import.meta.url).href,
    ]),
  )
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context)
      const standIn = context.parentURL?.startsWith(source) ? places.get(found.url) : undefined
      return standIn === undefined ? found : { ...found, url: standIn }
    },
  })
}
