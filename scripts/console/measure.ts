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
const patienceMs = 60_000

/** Asks the page at each frame, until it answers. Its policy forbids what playwright would ask with. */
function answerOf(page: Page, question: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('Not so in time: ' + ${JSON.stringify(question)})), ${patienceMs})
    const ask = () => {
      const answer = ${question}
      if (answer) resolve(answer)
      else requestAnimationFrame(ask)
    }
    ask()
  })`)
}

/** From the start of the navigation until what is sought is shown and the page has time for whoever presses something. */
export async function timeUntilInteractive(page: Page, isShown: string): Promise<number> {
  const at = await answerOf(page, `(${isShown}) && performance.now()`)
  return answerOf(
    page,
    `(() => {
      const last = Math.max(${at}, ...longTasks.map((one) => one.startTime + one.duration))
      return performance.now() - last > ${quietMs} && last
    })()`,
  )
}

/** From the last key or button that `press` presses until what is sought is shown. */
export async function timeUntilShown(
  page: Page,
  press: () => Promise<void>,
  isShown: string,
): Promise<number> {
  await press()
  return answerOf(page, `(${isShown}) && performance.now() - pressedAt`)
}

/** The longest task since the last time that it was asked for. */
export function longestTask(page: Page): Promise<number> {
  return page.evaluate('Math.max(0, ...longTasks.splice(0).map((one) => one.duration))')
}
