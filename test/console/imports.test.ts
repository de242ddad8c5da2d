import pg from 'pg'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startServer({}, null, { withWorker: true })
  browser = await startBrowser()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

const run = ['applications.read', 'imports.read', 'imports.run', 'identities.read']
const csv = (...rows: string[]) => ['account,email,privilege', ...rows, ''].join('\n')

/** An application of two files in a tenant of its own, and somebody who imports into it. */
async function scene() {
  const { given } = server
  const tenant = await given.tenant()
  const application = await given.application(tenant.id, {
    name: 'Silverlake',
    file_groups: [
      { name: 'Accounts', required: true },
      { name: 'Branches', required: false },
    ],
  })
  await given.identity(tenant.id, { email: 'ada@example.com' })
  const keeper = await given.withPassword({
    tenants: [tenant.id],
    grants: [{ permissions: run, tenant_id: tenant.id }],
    name: 'Olga Operator',
  })
  const accounts = async () => {
    const list = `/applications/${application.id}/accounts`
    const { body } = await given.call('GET', list, { as: keeper.as })
    return body.data.map(({ account }: { account: string }) => account)
  }
  const path = `/applications/${application.id}/import`
  return { keeper, accounts, application_id: application.id, path }
}

/** As somebody does who drags a file out of a folder. */
async function drop(page: Page, area: Locator, ...files: [name: string, text: string][]) {
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    for (const [name, text] of ${JSON.stringify(files)}) transfer.items.add(new File([text], name))
    return transfer
  })()`)
  await area.dispatchEvent('dragenter', { dataTransfer })
  await area.dispatchEvent('drop', { dataTransfer })
}

const area = (page: Page, name: string) => page.getByRole('group', { name, exact: true })
const start = (page: Page) => page.getByRole('button', { name: 'Start import' })

async function importOnly(page: Page, path: string, text: string) {
  await page.goto(path)
  await drop(page, area(page, 'Accounts'), ['accounts.csv', text])
  await start(page).click()
  await page.getByRole('heading', { level: 1, name: /^Import \d+ of / }).waitFor()
}

describe('An import', () => {
  it('takes a file that is dropped and one that is chosen, is watched to its end, and shows what it brought', async () => {
    const { keeper, path } = await scene()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, path, keeper)
    await start(page).hover()
    await page.getByRole('tooltip').getByText('Choose a file for Accounts first').waitFor()
    const [main, branches] = [area(page, 'Accounts'), area(page, 'Branches')]
    await drop(page, main, ['a.csv', csv()], ['b.csv', csv()])
    await main.getByText('Drop one file here: these were 2').waitFor()
    const text = csv('ada,ada@example.com,READ', 'ada,ada@example.com,WRITE', 'bob,,')
    await drop(page, main, ['accounts.csv', text])
    await main.getByText('accounts.csv · 81 bytes').waitFor()
    const chosen = {
      name: 'branches.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csv('north,north@example.com,TILL')),
    }
    const remove = branches.getByRole('button', { name: 'Remove the file for Branches' })
    await branches.locator('input[type=file]').setInputFiles(chosen)
    await remove.click()
    await branches
      .getByRole('status')
      .getByText(/ is removed\.$/)
      .waitFor({ state: 'attached' })
    const choosing = branches.getByRole('button', { name: 'Choose a file for Branches' })
    await choosing.and(page.locator(':focus')).waitFor()
    await branches.locator('input[type=file]').setInputFiles(chosen)
    await remove.waitFor()
    // The session ends while they choose: what they chose stays, and goes on its way when they are back.
    await server.given.sql('UPDATE sessions SET ended_at = now() WHERE user_id = $1', [keeper.id])
    await start(page).click()
    const again = page.getByRole('dialog', { name: 'Your session has ended' })
    await again.getByLabel('Password', { exact: true }).fill(keeper.password)
    await again.getByRole('button', { name: 'Sign in' }).click()

    const brought = page.getByRole('region', { name: 'What it brought' })
    await brought.waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1)
    const { as } = await server.given.session(keeper.id)
    const { body } = await server.call('GET', `/application-imports/${id}`, { as })
    expect(body).toMatchObject({
      status: 'finished',
      type: 'manual',
      created_by: 'Olga Operator',
      metrics: { rows: 4, accounts: 3, new_accounts: 3, new_privileges: 3, unmatched: 2 },
      files: [{ name: 'accounts.csv' }, { name: 'branches.csv' }],
    })
    expect((await brought.innerText()).split(/\s*\n+\s*/)).toEqual(
      expect.arrayContaining(['4', 'Rows read', '3', 'New accounts', '2', 'Without a person']),
    )
    await page.getByRole('cell', { name: 'branches.csv' }).waitFor()
    await page.getByRole('link', { name: 'Look at the accounts' }).click()
    await page.getByRole('row', { name: /north/ }).getByText('TILL').waitFor()
    expect(await page.getByRole('row', { name: /^ada/ }).innerText()).toContain('Ada Lovelace')
    await page.getByText('1–3 of 3').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('that fails says in which line and column, one that changes much waits to be confirmed, and one that waits can be canceled', async () => {
    const { keeper, accounts, application_id, path } = await scene()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, path, keeper)
    await importOnly(page, path, csv('ada,ada@example.com,READ', 'bob,,', 'cy,,', 'dan,,'))
    await page.getByText('Finished', { exact: true }).last().waitFor()

    await importOnly(page, path, csv('ada,ada@example.com,READ', 'bob,not an address,'))
    const failed = page.getByRole('alert').filter({ hasText: 'The import has failed' })
    expect(await failed.innerText()).toMatch(/line 3.*email/)
    expect(await accounts()).toEqual(['ada', 'bob', 'cy', 'dan'])
    expect(await page.getByRole('link', { name: 'Upload again' }).getAttribute('href')).toBe(path)

    await importOnly(page, path, csv('ada,ada@example.com,WRITE', 'eve,,'))
    await page.getByText('It waits for somebody to confirm it').waitFor()
    await page.getByRole('button', { name: 'Confirm import' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('4 → 2').waitFor()
    await dialog.getByText('3 accounts and 1 privilege will be removed.').waitFor()
    expect(await accounts()).toEqual(['ada', 'bob', 'cy', 'dan'])
    await dialog.getByRole('button', { name: 'Confirm import' }).click()
    await page.getByRole('region', { name: 'What it brought' }).waitFor()
    expect(await accounts()).toEqual(['ada', 'eve'])

    // As where another worker has one of this application in hand.
    const other = new pg.Client({ connectionString: server.database.url })
    await other.connect()
    await other.query("SELECT pg_advisory_lock(hashtextextended('import into ' || $1::text, 0))", [
      application_id,
    ])
    await importOnly(page, path, csv('ada,ada@example.com,WRITE', 'fay,,'))
    await page.getByText('It waits for its turn').waitFor()
    await page.getByRole('button', { name: 'Cancel import' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel import' }).click()
    await page.getByText('Canceled. Nothing was changed.').waitFor()
    await other.end()
    expect(await accounts()).toEqual(['ada', 'eve'])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
