import type { Locator, Page } from 'playwright-core'

type Wanted = { name: string; tenants?: string[]; permissions?: string[] }

/** Fills in the form as one does with a mouse, and goes on to the review. */
export async function fillIn(page: Page, { name, tenants = [], permissions = [] }: Wanted) {
  await nameField(page).fill(name)
  for (const tenant of tenants) await page.getByRole('checkbox', { name: tenant }).check()
  for (const permission of permissions) await permissionBox(page, permission).check()
  await review(page)
}

export const nameField = (page: Page): Locator => page.getByLabel('Name', { exact: true })

export const permissionBox = (page: Page, name: string): Locator =>
  page.getByRole('checkbox', { name, exact: true })

export async function review(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('heading', { name: 'Is this what you want?' }).waitFor()
}

export const create = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Create token' }).click()

/** Copies the secret that is shown, and closes the dialog. */
export async function takeSecret(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Copy token' }).click()
  await page.getByText('Copied').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return clipboardOf(page)
}

export const clipboardOf = (page: Page): Promise<string> =>
  page.evaluate('navigator.clipboard.readText()')

/** Goes on by Tab, as those do who have no mouse, until this has the focus. */
export async function tabTo(page: Page, target: Locator, most = 150): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await target.and(page.locator(':focus')).count()) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Not reached by ${most} presses of Tab: ${target}`)
}
