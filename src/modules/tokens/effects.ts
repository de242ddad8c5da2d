import { ifNotInForce } from '../../access/authority-reader.ts'
import {
  type DormantPair,
  dormantPairs,
  type EffectiveEntry,
  effectiveEntries,
} from '../../access/effective.ts'
import type { Tools } from '../../operation.ts'

/** What a token amounts to at this moment; nothing where it has ended or its owner is not active. */
export async function effectsOf(
  token_id: string,
  { prisma, readAuthority }: Pick<Tools, 'prisma' | 'readAuthority'>,
): Promise<{ authority: EffectiveEntry[]; dormant: DormantPair[] }> {
  const asToken = await readAuthority({ kind: 'token_id', token_id }, null).catch(ifNotInForce)
  if (!asToken) return { authority: [], dormant: [] }
  const catalogue = await prisma.permission.findMany({ select: { name: true, scope: true } })
  return {
    authority: effectiveEntries(asToken, catalogue),
    dormant: dormantPairs(asToken, catalogue),
  }
}
