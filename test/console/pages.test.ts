import { mkdirSync, readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { pages, pictured, type World } from './pages.ts'
import { hindrancesOn, overflowOf, rulesOfColour, settled, still } from './scrutiny.ts'
import { buildWorld } from './world.ts'

/** Where pictures go (`npm run screenshots`). */
const { SCREENSHOTS } = process.env

const wide = { width: 1440, height: 900 }
const narrow = { width: 390, height: 844 }

let server: TestServer
let browser: Browser
let world: World
beforeAll(async () => {
  server = await startServer()
  browser = await startBrowser()
  world = await buildWorld(server.given)
  if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true })
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

async function routes(): Promise<string[]> {
  const root = join(import.meta.dirname, '../../console/src')
  const found: string[] = []
  for await (const file of glob('**/routes.{ts,tsx}', { cwd: root })) {
    const paths = readFileSync(join(root, file), 'utf8').matchAll(/path: '([^']+)'/g)
    found.push(...Array.from(paths, ([, path]) => path ?? ''))
  }
  return found.filter((path) => path !== '/' && path !== '*')
}

/** At both widths and in both colour schemes, without being loaded anew. */
async function look(page: Page, name: string): Promise<string[]> {
  await settled(page)
  const findings = await hindrancesOn(page)
  await picture(page, name, `${wide.width}-light`)
  await page.emulateMedia({ colorScheme: 'dark' })
  const inTheDark = await hindrancesOn(page, rulesOfColour)
  findings.push(...inTheDark.map((finding) => `in dark colours ${finding}`))
  await picture(page, name, `${wide.width}-dark`)
  await page.setViewportSize(narrow)
  const overflow = await overflowOf(page)
  if (overflow > 0) findings.push(`is ${overflow} px too wide at ${narrow.width}`)
  await picture(page, name, `${narrow.width}-dark`)
  await page.emulateMedia({ colorScheme: 'light' })
  await picture(page, name, `${narrow.width}-light`)
  await page.setViewportSize(wide)
  return findings.map((finding) => `${name}: ${finding}`)
}

async function picture(page: Page, name: string, manner: string): Promise<void> {
  if (!SCREENSHOTS || !pictured.includes(name)) return
  await still(page)
  await page.evaluate('scrollTo(0, 0)')
  await page.screenshot({ path: join(SCREENSHOTS, `${name}-${manner}.png`), fullPage: true })
}

describe('Every page', () => {
  it('is on the list of those that are looked at', async () => {
    const listed = new Set(pages.map(({ path }) => path))
    expect((await routes()).filter((path) => !listed.has(path))).toEqual([])
  })

  it('can be used by everybody in light and dark colours, fits a telephone and breaks no rule', async () => {
    const options = { viewport: wide, colorScheme: 'light', reducedMotion: 'reduce' } as const
    const nobody = await openPage(browser, server, options)
    const administrator = await openPage(browser, server, options)
    await signInTo(administrator.page, '/settings/tokens', world.ada)
    const findings: string[] = []
    for (const { path, name, as, at } of pages) {
      const { page } = as === 'nobody' ? nobody : administrator
      await page.goto(at?.(world) ?? path)
      findings.push(...(await look(page, name)))
    }
    expect(findings).toEqual([])
    expect([...nobody.complaints, ...administrator.complaints]).toEqual([])
    await nobody.close()
    await administrator.close()
  }, 360_000)
})
