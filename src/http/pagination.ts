import { type TProperties, type TSchema, Type } from 'typebox'

export const pageFields = {
  page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
}

export const searchField = {
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, examples: ['acme'] })),
}

type Sort<C extends string> = C | `-${C}`
type ColumnOf<S extends string> = S extends `-${infer C}` ? C : S

/** The `sort` parameter: a column, or with a minus the same the other way around. */
export const sortField = <const C extends string>(columns: readonly C[], unasked: Sort<C>) => ({
  sort: Type.Enum([...columns, ...columns.map((column): Sort<C> => `-${column}`)], {
    default: unasked,
    description: 'A minus turns the order around',
  }),
})

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

/**
 * Prisma's `orderBy` of a `sort` parameter. What is equal there is ordered by the key, so that a page never
 * repeats or leaves out a row of its neighbour. In the columns that `unset` names, null means "not yet"
 * and comes last either way.
 */
export function orderBy<S extends string, N extends ColumnOf<S> = never, K extends string = 'id'>(
  sort: S,
  unset: readonly N[] = [],
  key = 'id' as K,
) {
  const direction = sort.startsWith('-') ? ('desc' as const) : ('asc' as const)
  const column = sort.replace('-', '') as N
  const order = unset.includes(column) ? { sort: direction, nulls: 'last' as const } : direction
  const first = { [column]: order } as OrderOf<ColumnOf<S>, N>
  return [first, { [key]: direction } as { [_ in K]: Direction }]
}

type Direction = 'asc' | 'desc'
type OrderOf<C extends string, N extends string> = { [K in Exclude<C, N>]?: Direction } & {
  [K in N]?: { sort: Direction; nulls: 'last' }
}
