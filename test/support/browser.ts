import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** Made for taking pictures in one process: there, closing one context ends them all. And it is to be as strict as others. */
const unwanted = ['--single-process', '--disable-web-security', '--allow-running-insecure-content']
const args = sparticuz.args.filter(
  (one) => !unwanted.includes(one) && !/gl|gpu|swiftshader/.test(one),
)

/**
 * A real Chromium, which comes with the packages. With a `port` on this machine it finds that at
 * `http://localhost:3000`: passkeys belong to a name, which a server has to know before it has a port.
 */
export async function startBrowser(port?: string): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: [
      ...args,
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      ...(port ? [`--host-resolver-rules=MAP localhost:3000 127.0.0.1:${port}`] : []),
    ],
    headless: true,
  })
}
