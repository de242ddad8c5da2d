import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again and again until the answer is yes; fails after `withinMs`. */
export async function eventually(ask: () => Promise<boolean>, withinMs = 15_000): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`Not so within ${withinMs} ms`)
    await sleep(20)
  }
}
