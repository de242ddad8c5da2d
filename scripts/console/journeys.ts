import type { Page } from 'playwright-core'
import { type Figure, longestTask, timeUntilInteractive, timeUntilShown } from './measure.ts'

/**
 * What somebody waits for without losing the thread; lists are asked of the server, after a moment's silence.
 * `start` is the longest task while a page is loaded anew, which begins with reading all scripts.
 */
const targetMs = { interactive: 2000, answer: 1000, filter: 400, start: 500, task: 200 }

const rows = `document.querySelectorAll('main tbody tr')`
// Not innerText: to read it, the browser would lay the page out at each frame.
const shows = (text: string) => `document.querySelector('main')?.textContent.includes('${text}')`

/** The page on which everybody begins, with nothing in the cache. */
export async function ownTokens(page: Page): Promise<Figure[]> {
  await page.goto('/settings/tokens')
  const ms = await timeUntilInteractive(page, shows('Token 3'))
  return [{ what: 'token list, cold: interactive', ms, targetMs: targetMs.interactive }]
}

export async function auditLog(page: Page): Promise<Figure[]> {
  await page.goto('/audit')
  await timeUntilInteractive(page, `${rows}.length >= 25`)
  const loading = await longestTask(page)
  const older = await timeUntilShown(
    page,
    () => page.getByRole('button', { name: 'Older' }).click(),
    `${shows('Person 40')} && !${shows('Person 20')}`,
  )
  const target = page.getByRole('textbox', { name: 'Target' })
  const filter = await timeUntilShown(
    page,
    () => target.pressSequentially('event-7777'),
    `${rows}.length < 5 && ${shows('Person 7777')}`,
  )
  return [
    { what: 'audit log: longest task while it loads', ms: loading, targetMs: targetMs.start },
    { what: 'audit log: from “Older” to older events', ms: older, targetMs: targetMs.answer },
    { what: 'audit log: from keystroke to result', ms: filter, targetMs: targetMs.answer },
    ...(await taskWhile('audit log', page)),
  ]
}

export async function users(page: Page): Promise<Figure[]> {
  await page.goto('/users')
  await timeUntilInteractive(page, `${rows}.length >= 20`)
  const loading = await longestTask(page)
  const search = await timeUntilShown(
    page,
    () => page.getByRole('searchbox').first().pressSequentially('Person 0777'),
    `${rows}.length === 1 && ${shows('Person 0777')}`,
  )
  return [
    { what: 'users: longest task while they load', ms: loading, targetMs: targetMs.start },
    { what: 'users: from keystroke to result', ms: search, targetMs: targetMs.answer },
    ...(await taskWhile('users', page)),
  ]
}

export async function permissionPicker(page: Page): Promise<Figure[]> {
  await page.goto('/roles/new')
  await timeUntilInteractive(page, shows('resource_49'))
  const loading = await longestTask(page)
  const field = page.getByRole('searchbox', { name: 'Search permissions' })
  const search = await timeUntilShown(
    page,
    () => field.pressSequentially('resource_37 action_3'),
    `${shows('1 permission found')} && ${shows('resource_37.action_3')}`,
  )
  const choice = await timeUntilShown(
    page,
    () => page.getByRole('checkbox', { name: 'resource_37.action_3' }).click(),
    `document.querySelector('main [role=group] .mantine-Checkbox-input:checked') !== null`,
  )
  return [
    {
      what: 'permission picker: longest task while it loads',
      ms: loading,
      targetMs: targetMs.start,
    },
    { what: 'permission picker: from keystroke to result', ms: search, targetMs: targetMs.filter },
    { what: 'permission picker: from click to tick', ms: choice, targetMs: targetMs.filter },
    ...(await taskWhile('permission picker', page)),
  ]
}

async function taskWhile(what: string, page: Page): Promise<Figure[]> {
  const ms = await longestTask(page)
  return [{ what: `${what}: longest task while in use`, ms, targetMs: targetMs.task }]
}
