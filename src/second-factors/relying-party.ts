/** Who asks for passkeys: they belong to the host name that people see, and answer to its pages alone. */
export type RelyingParty = { name: string; id: string; origin: string }

export function relyingPartyOf(publicUrl: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl)
  return { name: 'Postern', id: hostname, origin }
}
