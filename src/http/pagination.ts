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

/** So many rows are sooner found and sorted than met on a walk along an index that has the order. */
const fewMax = 2000

/**
 * A page, and the total, which is asked first: beyond it there is no page to look for, and what lies in its
 * second half is read from the end. However far the page, no more than half of the list is walked. Where few
 * of many rows may be on the list, `ids` finds these, and `read` is told.
 */
export async function pageOf<Row, Order extends object>(
  { page, limit }: { page: number; limit: number },
  order: readonly Order[],
  count: () => Promise<number>,
  read: (
    slice: { orderBy: Order[]; skip: number; take: number },
    found: { id?: { in: string[] } },
  ) => Promise<Row[]>,
  ids?: () => Promise<{ id: string }[]>,
) {
  const total = await count()
  const skip = (page - 1) * limit
  const take = Math.min(limit, total - skip)
  if (take <= 0) return { rows: [], total, page, limit }
  const found = ids && total <= fewMax ? { id: { in: (await ids()).map(({ id }) => id) } } : {}
  const behind = total - skip - take
  if (skip <= behind) {
    const rows = await read({ orderBy: [...order], skip, take }, found)
    return { rows, total, page, limit }
  }
  const rows = await read({ orderBy: order.map(reversed), skip: behind, take }, found)
  return { rows: rows.reverse(), total, page, limit }
}

function reversed<Order extends object>(order: Order): Order {
  const columns = Object.entries(order).map(([column, one]: [string, Direction | Nulled]) => {
    if (typeof one === 'string') return [column, opposite[one]]
    return [column, { sort: opposite[one.sort], nulls: one.nulls === 'last' ? 'first' : 'last' }]
  })
  return Object.fromEntries(columns) as Order
}

/**
 * Prisma's `orderBy` of a `sort` parameter. What is equal there is ordered by the key, so that a page never
 * repeats or leaves out a row of its neighbour. In the columns that `unset` names, null means "not yet"
 * and comes last either way.
 */
export function orderBy<
  S extends string,
  const N extends ColumnOf<S> = never,
  K extends string = 'id',
>(sort: S, unset: readonly N[] = [], key = 'id' as K) {
  const direction = sort.startsWith('-') ? ('desc' as const) : ('asc' as const)
  const column = sort.replace('-', '') as N
  const order = unset.includes(column) ? { sort: direction, nulls: 'last' as const } : direction
  const first = { [column]: order } as OrderOf<ColumnOf<S>, N>
  return [first, { [key]: direction } as { [_ in K]: Direction }]
}

const opposite = { asc: 'desc', desc: 'asc' } as const

type Direction = 'asc' | 'desc'
type Nulled = { sort: Direction; nulls: 'first' | 'last' }
type OrderOf<C extends string, N extends string> = { [K in Exclude<C, N>]?: Direction } & {
  [K in N]?: Nulled
}
