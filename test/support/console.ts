import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { TestServer } from './server.ts'

export type ConsolePage = {
  page: Page
  /** What a page must never do: breach its policy, log an error, ask another host. */
  complaints: string[]
  close(): Promise<void>
}

type Who = { email: string; password: string }

/** What the browser itself writes of answers that a test provokes; they are no fault of the page. */
const isProvoked = (text: string) => text.startsWith('Failed to load resource')

/** A page of its own, without cookies or storage, in one colour scheme and size. */
export async function openPage(
  browser: Browser,
  server: Pick<TestServer, 'url'>,
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    const isWrong = message.type() === 'error' || message.type() === 'warning'
    if (isWrong && !isProvoked(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(server.url) && !url.startsWith('data:')) complaints.push(`asked ${url}`)
  })
  return { page, complaints, close: () => context.close() }
}

/** Opens an address of the console as somebody, through the sign-in as people go. */
export async function signInTo(page: Page, path: string, { email, password }: Who): Promise<void> {
  await page.goto(path)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in') && url.pathname !== '/')
  await page.getByRole('heading', { level: 1 }).waitFor()
}
