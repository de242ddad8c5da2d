import { jest } from '@jest/globals'
import { type Checks, plantsIn } from './plants.ts'

const paths = {
  held: '../../../src/access/held.ts',
  editor: '../../../src/modules/roles/lock-role.ts',
  account: '../../../src/modules/tokens/chosen-for-account.ts',
}

/** A server whose checks can be replaced by weak ones while it runs; without any it is as it always is. */
export async function startWeakServer() {
  const held = await import('../../../src/access/held.ts')
  const editor = await import('../../../src/modules/roles/lock-role.ts')
  const account = await import('../../../src/modules/tokens/chosen-for-account.ts')
  const chosen = await import('../../../src/modules/tokens/chosen.ts')
  const sound = { ...held, ...editor, ...account, ...chosen }
  let planted: Partial<Checks> = {}
  const through = <K extends keyof Checks>(name: K) =>
    ((...args: unknown[]) =>
      ((planted[name] ?? sound[name]) as (...args: unknown[]) => unknown)(...args)) as Checks[K]

  jest.unstable_mockModule(paths.held, () => ({
    ...held,
    requireHeldAt: through('requireHeldAt'),
    requireHeldEverywhere: through('requireHeldEverywhere'),
  }))
  jest.unstable_mockModule(paths.editor, () => ({
    ...editor,
    requireHeldByEditor: through('requireHeldByEditor'),
  }))
  jest.unstable_mockModule(paths.account, () => ({
    ...account,
    chosenForAccount: through('chosenForAccount'),
  }))
  const { startServer } = await import('../../support/server.ts')
  return {
    server: await startServer(),
    plants: plantsIn(sound),
    plant(weak: Partial<Checks>) {
      planted = weak
    },
  }
}
