import type { paths } from '../../generated/api.d.ts'

export type Factors =
  paths['/api/v1/me/second-factors']['get']['responses'][200]['content']['application/json']

/** Without a factor there is nothing for the codes to go around. */
export const hasFactor = ({ totp, passkeys }: Factors): boolean =>
  totp !== null || passkeys.length > 0

/** With this factor gone there is no other, and the recovery codes go with it. */
export const isLast = ({ totp, passkeys }: Factors): boolean =>
  (totp === null ? 0 : 1) + passkeys.length === 1
