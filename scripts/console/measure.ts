import type { Page } from 'playwright-core'

export type Figure = { what: string; ms: number; targetMs: number }

/** Runs in each page before anything of its own: when a key or button was pressed, and what kept it busy. */
export const watching = `
  window.longTasks = []
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      window.longTasks.push({ startTime, duration })
    }
  }).observe({ type: 'longtask', buffered: true })
  for (const type of ['keydown', 'pointerdown']) {
    document.addEventListener(type, () => { window.pressedAt = performance.now() }, true)
  }
`

/** A second without a long task: whoever presses something is answered. */
const quietMs = 1000

/** From the start of the navigation until what is sought is shown and the page has time for whoever presses something. */
export async function timeUntilInteractive(page: Page, isShown: string): Promise<number> {
  const shownAt = await page.waitForFunction(`(${isShown}) && performance.now()`)
  const at = (await shownAt.jsonValue()) as number
  const quiet = await page.waitForFunction(
    `(() => {
      const last = Math.max(${at}, ...longTasks.map((one) => one.startTime + one.duration))
      return performance.now() - last > ${quietMs} && last
    })()`,
  )
  return (await quiet.jsonValue()) as number
}

/** From the last key or button that `press` presses until what is sought is shown. */
export async function timeUntilShown(
  page: Page,
  press: () => Promise<void>,
  isShown: string,
): Promise<number> {
  await press()
  const shown = await page.waitForFunction(`(${isShown}) && performance.now() - pressedAt`)
  return (await shown.jsonValue()) as number
}

/** The longest task since the last time that it was asked for. */
export function longestTask(page: Page): Promise<number> {
  return page.evaluate('Math.max(0, ...longTasks.splice(0).map((one) => one.duration))')
}
