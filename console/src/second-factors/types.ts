import type { components, operations } from '../generated/api.d.ts'

export type Factors =
  operations['getOwnSecondFactors']['responses'][200]['content']['application/json']
export type Passkey = components['schemas']['Passkey']
