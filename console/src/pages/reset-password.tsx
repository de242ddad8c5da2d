import { publicClient } from '../api/client.ts'
import { PasswordByLink } from '../components/password-by-link.tsx'
import { resetTexts } from '../texts/password-reset.ts'

export function Component() {
  return <PasswordByLink texts={resetTexts} field="new_password" send={reset} />
}

async function reset(token: string, new_password: string): Promise<void> {
  const body = { token, new_password }
  const { error } = await publicClient.POST('/api/v1/auth/password-reset/confirm', { body })
  if (error !== undefined) throw error
}
