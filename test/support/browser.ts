import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/**
 * What the package sets for small machines and a browser of one page: two people at once need two processes,
 * and these tests the web's own rules in force.
 */
const unwanted = ['--single-process', '--disable-web-security', '--allow-running-insecure-content']

/** A real Chromium, which comes with the packages. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: [
      ...sparticuz.args.filter((arg) => !unwanted.includes(arg)),
      '--disable-background-networking',
      '--disable-component-update',
    ],
    headless: true,
  })
}
