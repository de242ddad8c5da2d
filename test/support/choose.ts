import type { Locator, Page } from 'playwright-core'

/** Searches in a field that finds as one types, and takes what it has found. */
export async function choose(within: Page | Locator, label: string, name: string): Promise<void> {
  const field = within.getByRole('combobox', { name: label, exact: true })
  await field.fill(name)
  const page = 'page' in within ? within.page() : within
  await page.getByRole('option', { name }).first().click()
}
