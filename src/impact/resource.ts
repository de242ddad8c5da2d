import { Type } from 'typebox'
import { Id, nullable, ref, ScopeEntry } from '../http/schemas.ts'

/** For operations that take something away: `?dry_run=true` answers with what, and writes nothing. */
export const dryRunField = {
  dry_run: Type.Optional(
    Type.Boolean({ description: 'Only tell which live tokens would lose what; write nothing' }),
  ),
}

/** So many tokens are listed; `total` counts them all. */
export const listedMax = 1000

export const Impact = Type.Object(
  {
    total: Type.Integer({ description: 'Live tokens that would lose something', examples: [1] }),
    tokens: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String({ examples: ['CI pipeline'] }),
        hint: Type.String({ examples: ['x7Qp'] }),
        owner_id: Id,
        loses: Type.Array(
          Type.Object({
            permission: Type.String({ examples: ['users.read'] }),
            tenant_id: nullable(ScopeEntry),
          }),
        ),
      }),
      { description: `The first ${listedMax} of them` },
    ),
  },
  { $id: 'Impact' },
)

export const ImpactRef = ref(Impact)
