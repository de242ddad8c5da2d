import { type TProperties, type TSchema, Type } from 'typebox'

export const pageFields = {
  page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
}

export const searchField = {
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, examples: ['acme'] })),
}

/** A query string; an unknown parameter is refused rather than overlooked. */
export const Query = <P extends TProperties>(fields: P) =>
  Type.Object(fields, { additionalProperties: false })

export const Page = <S extends TSchema>(item: S) =>
  Type.Object({
    data: Type.Array(item),
    total: Type.Integer({ examples: [1] }),
    page: Type.Integer({ examples: [1] }),
    limit: Type.Integer({ examples: [20] }),
  })

/** A search for this text as it stands, in any case: in LIKE, which is behind it, % and _ would mean more. */
export function containing(text: string) {
  return { contains: text.replaceAll(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const }
}

/** Prisma's `skip` and `take` of a page. */
export function slice({ page, limit }: { page: number; limit: number }) {
  return { skip: (page - 1) * limit, take: limit }
}
