import { basename, dirname } from 'node:path'
import Sequencer from '@jest/test-sequencer'

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

/** In JavaScript: Jest loads it before it knows of TypeScript. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = longest.indexOf(`${basename(dirname(path))}/${basename(path)}`)
      return at < 0 ? longest.length : at
    }
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b))
  }
}
