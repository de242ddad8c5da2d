import { client } from '../../api/client.ts'

/** Throws the envelope of a refusal. */
export async function deleteAccountToken(id: string, token_id: string): Promise<void> {
  const { error } = await client.DELETE('/api/v1/users/{id}/tokens/{token_id}', {
    params: { path: { id, token_id } },
  })
  if (error) throw error
}
