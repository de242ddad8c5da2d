import { Fragment, type Key, type ReactNode } from 'react'
import { formTexts } from '../texts/token-form.ts'

type Props<Item> = { items: readonly Item[]; show: (item: Item) => ReactNode }

/** “Acme, Beta and Gamma” */
export function Listed<Item extends Key | null>({ items, show }: Props<Item>) {
  return items.map((item, index) => (
    <Fragment key={String(item)}>
      {index > 0 && (index === items.length - 1 ? ` ${formTexts.and} ` : ', ')}
      {show(item)}
    </Fragment>
  ))
}
