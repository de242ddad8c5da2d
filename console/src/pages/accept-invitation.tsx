import { publicClient } from '../api/client.ts'
import { PasswordByLink } from '../components/password-by-link.tsx'
import { invitationTexts } from '../texts/security.ts'

export function Component() {
  return <PasswordByLink texts={invitationTexts} field="password" send={accept} />
}

async function accept(token: string, password: string): Promise<void> {
  const body = { token, password }
  const { error } = await publicClient.POST('/api/v1/auth/accept-invitation', { body })
  if (error !== undefined) throw error
}
