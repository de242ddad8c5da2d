import { client } from '../../api/client.ts'

/** Throws the envelope of a refusal. */
export async function deleteSystemToken(id: string): Promise<void> {
  const { error } = await client.DELETE('/api/v1/system/tokens/{id}', { params: { path: { id } } })
  if (error) throw error
}
