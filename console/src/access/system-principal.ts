/** Who owns the system's own tokens: no person, no service account, and on no list. Its id is the same everywhere. */
export const systemPrincipalId = '00000000-0000-7000-8000-000000000000'
