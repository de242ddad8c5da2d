import type { SourceRules } from '../../fetching/source-rules.ts'
import { faultOfSourceUrl } from '../../fetching/source-url.ts'
import { invalidField } from '../../http/errors.ts'

/**
 * Throws 400 for what can't be an issuer (OpenID Connect Discovery §3): it is compared to the letter, so it must be
 * spelled as a URL spells itself. Where it leads is seen when it is asked.
 */
export function requireIssuer(issuer: string, rules: SourceRules): void {
  const fault = faultOfSourceUrl(issuer, rules)
  if (fault !== null) throw invalidField('issuer', fault)
  const { href, origin, pathname, search } = new URL(issuer)
  if (search !== '' || issuer.includes('?')) throw invalidField('issuer', 'must not hold a query')
  if (href !== issuer && origin !== issuer) {
    throw invalidField('issuer', `must be spelled ${pathname === '/' ? origin : href}`)
  }
  if (pathname.includes('/.well-known/')) {
    throw invalidField('issuer', 'must be the issuer, not the address of its metadata')
  }
}
