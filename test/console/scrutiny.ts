import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** So long nothing more came in, and no place is kept for what is still to come. */
const settledMs = 200

const whenSettled = `new Promise((resolve) => {
  let before = -1
  const look = () => {
    const now = performance.getEntriesByType('resource').length
    const isWaiting = document.querySelector('[aria-label="Loading"], [data-loading]') !== null
    if (now === before && !isWaiting) return resolve()
    before = now
    setTimeout(look, ${settledMs})
  }
  look()
})`

/** Waits until a page has all that it asked for, and shows it. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.evaluate(whenSettled)
}

/** Those of axe's rules that look at colours; the others find the same in each scheme. */
export const rulesOfColour = ['color-contrast', 'link-in-text-block']

/** What axe-core finds on a page, by all of its rules or by some, that keeps somebody from using it. */
export async function hindrancesOn(page: Page, rules?: string[]): Promise<string[]> {
  await still(page)
  await page.evaluate(`window.axe || (() => { ${axe.source} })()`)
  const options = rules ? { runOnly: { type: 'rule', values: rules } } : {}
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${causeOf(node)}`))
}

const causeOf = ({ any, all, none }: axe.NodeResult) =>
  [...any, ...all, ...none].map(({ message }) => message).join('; ')

/** Menus slide away where a window becomes narrow, colours fade into others. What moves for ever is not waited for. */
const whenStill = `new Promise(requestAnimationFrame).then(() => Promise.all(document.getAnimations()
  .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
  .map((one) => one.finished.catch(() => undefined)))).then(() => undefined)`

export async function still(page: Page): Promise<void> {
  await page.evaluate(whenStill)
}

/** By how many pixels a page is wider than its window. */
export async function overflowOf(page: Page): Promise<number> {
  await still(page)
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
}
