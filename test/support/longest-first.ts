import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Begun last, a long one would keep a single worker busy while the others have nothing left. The longest come first. */
const longest = [
  'console/pages.test.ts',
  'freshness/verify.test.ts',
  'fuzz/openapi.fuzz.test.ts',
  'start/embedded.test.ts',
  'jobs/killed-imports.test.ts',
  'jobs/stopped-import.test.ts',
  'console/users.test.ts',
  'console/tenants.test.ts',
  'console/sign-in.test.ts',
  'tokens/cap-race.test.ts',
  'console/tokens-form.test.ts',
  'access/closure.model.test.ts',
]

const rank = ({ moduleId }: TestSpecification) => {
  const at = longest.findIndex((name) => moduleId.endsWith(`/${name}`))
  return at < 0 ? longest.length : at
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
