import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { choose } from '../support/choose.ts'
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

const office = [
  'identities.read',
  'personnel_events.read',
  'personnel_events.create',
  'personnel_events.approve',
]
const heading = (page: Page, name: RegExp | string) => page.getByRole('heading', { level: 1, name })
const stage = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

/** A tenant, and somebody on its books who has a user, a role and a token there and elsewhere. */
async function scene(name: string) {
  const { given } = server
  const [tenant, elsewhere] = [await given.tenant('test', 'active', name), await given.tenant()]
  const grace = await given.person({
    tenants: [tenant.id, elsewhere.id],
    grants: [tenant, elsewhere].map(({ id }) => ({
      permissions: ['tenants.read'],
      tenant_id: id,
    })),
  })
  const token = await given.token(grace.id, { tenants: [tenant.id, elsewhere.id] })
  const identity = await given.identity(tenant.id, {
    first_name: 'Grace',
    last_name: 'Hopper',
    email: grace.email,
  })
  const statusIn = async ({ id }: { id: string }) =>
    (await given.call('GET', `/tenants/${id}`, { as: token.as })).status
  return { tenant, elsewhere, grace, identity, statusIn }
}

describe('A personnel office', () => {
  it('off-boards somebody from their page: the worker takes the tenant, and their token is refused there alone', async () => {
    const { given } = server
    const { tenant, elsewhere, identity, statusIn } = await scene('Acme Insurance')
    const olga = await given.withPassword({
      tenants: [tenant.id],
      grants: [{ permissions: office, tenant_id: tenant.id }],
      name: 'Olga Officer',
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/identities', olga)
    await page.getByRole('searchbox', { name: 'Search by name' }).fill('hopp')
    await page.waitForURL('**/identities?search=hopp')
    await page.getByRole('link', { name: 'Grace Hopper' }).click()
    await page.getByText('Nothing is reported of this person').waitFor()
    await page.getByRole('link', { name: 'Off-board' }).click()
    await heading(page, 'New off-boarding').waitFor()
    expect(await page.getByRole('combobox', { name: 'Person' }).inputValue()).toBe('Grace Hopper')
    await page.getByLabel('Effective date').fill('2020-01-01')
    await page.getByLabel('Comment').fill('Retires')
    // The browser's own check of the field is passed over, as by whoever has an old one.
    await page.evaluate('document.querySelector("#content form").noValidate = true')
    await page.getByRole('button', { name: 'Report off-boarding' }).click()
    await page.getByText('must not be in the past').waitFor()
    await page.getByLabel('Effective date').fill(new Date().toISOString().slice(0, 10))
    await page.getByRole('button', { name: 'Report off-boarding' }).click()

    await heading(page, /^Off-boarding of .*Grace Hopper/).waitFor()
    await stage(page, 'Deprovision')
      .getByText(/^Due on /)
      .waitFor()
    await page.getByText('Waits for approval').first().waitFor()
    expect(await statusIn(tenant)).toBe(200)
    await page.getByRole('button', { name: 'Approve' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('It takes effect at once.').waitFor()
    await dialog.getByText(/all their tokens are refused there/).waitFor()
    await dialog.getByRole('button', { name: 'Approve event' }).click()
    await stage(page, 'Approval').getByText('Olga Officer').waitFor()
    await stage(page, 'Deprovision').getByText('The system').waitFor()
    await page.getByText('Completed').first().waitFor()
    expect(await statusIn(tenant)).toBe(403)
    expect(await statusIn(elsewhere)).toBe(200)

    await page.goto(`/identities/${identity}`)
    await page.getByText('Left', { exact: true }).waitFor()
    await page.getByRole('link', { name: /Off-boarding/ }).waitFor()
    await page.getByRole('button', { name: 'Off-board' }).hover()
    await page.getByRole('tooltip').getByText('This person has left').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('onboards, sends on leave and brings back, gives the roles that it may, and shows only who may approve how', async () => {
    const { given } = server
    const { tenant, grace, identity, statusIn } = await scene('Beta Mutual')
    const mine = await given.role(['tenants.read'])
    const reporter = await given.withPassword({
      tenants: [tenant.id],
      grants: [
        { permissions: [...office.slice(0, 3), 'tenants.read'], tenant_id: tenant.id },
        { permissions: ['roles.read'] },
      ],
      name: 'Rita Reporter',
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/personnel-events/new', reporter)
    await page.getByRole('radio', { name: 'Onboarding' }).click()
    await choose(page, 'Tenant', 'Beta Mutual')
    await page.getByLabel('First name').fill('Joan')
    await page.getByLabel('Last name').fill('Clarke')
    await page.getByRole('switch', { name: 'Invite them as a user' }).click()
    const roles = page.getByRole('combobox', { name: 'Roles' })
    await roles.fill('tenant-admin')
    const refused = page.getByRole('option', { name: /tenant-admin/ })
    await refused.getByText(/^You don’t hold .* there$/).waitFor()
    expect(await refused.getAttribute('data-combobox-disabled')).toBe('true')
    await roles.fill(`role-${mine}`)
    await page.getByRole('option', { name: `role-${mine}` }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Report onboarding' }).click()
    await page.getByText('is required to invite a user').waitFor()
    await page.getByRole('textbox', { name: 'E-mail address' }).fill('joan@beta.example')
    await page.getByRole('button', { name: 'Report onboarding' }).click()
    await heading(page, /^Onboarding of .*Joan Clarke/).waitFor()
    await page.getByText(`role-${mine}`).waitFor()
    await page.getByRole('button', { name: 'Approve' }).hover()
    await page.getByRole('tooltip').getByText('personnel_events.approve').waitFor()
    await page.getByRole('button', { name: 'Cancel event' }).click()
    const question = page.getByRole('dialog')
    await question.getByRole('button', { name: 'Cancel event' }).click()
    await page.getByText('Canceled. What had not been done').waitFor()

    await page.goto('/personnel-events/new?type=role_transition')
    await page.getByLabel('Comment').fill('Parental leave')
    await choose(page, 'Person', 'Grace Hopper')
    await page.waitForURL(`**/*identity=${identity}`)
    await page.getByText('You may not see which roles they hold').waitFor()
    await page.getByRole('button', { name: 'Report role transition' }).click()
    await page.getByText('must name a role').waitFor()
    // What is typed and who is chosen stay, with another type; what was wrong with the first doesn't.
    await page.getByRole('radio', { name: 'Leave of absence' }).click()
    expect(await page.getByLabel('Comment').inputValue()).toBe('Parental leave')
    expect(await page.getByRole('combobox', { name: 'Person' }).inputValue()).toBe('Grace Hopper')
    await page.getByRole('button', { name: 'Report leave' }).click()
    await page.getByText('No end is set').waitFor()
    await given.grant(reporter.id, {
      permissions: ['personnel_events.approve'],
      tenant_id: tenant.id,
    })
    await page.reload()
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Approve event' }).click()
    await page.getByText('On leave, no end set').waitFor()
    expect(await statusIn(tenant)).toBe(403)
    await page.getByRole('button', { name: 'End now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click()
    await stage(page, 'Restore').getByText('Rita Reporter').waitFor()
    expect(await statusIn(tenant)).toBe(200)

    await page.goto('/personnel-events')
    await page.getByRole('combobox', { name: 'Type' }).click()
    await page.getByRole('option', { name: 'Onboarding' }).click()
    await page.getByRole('link', { name: /Leave of absence/ }).waitFor({ state: 'detached' })
    await page
      .getByRole('row', { name: /Joan Clarke/ })
      .getByText('Canceled')
      .waitFor()
    expect(
      await given.sql('SELECT 1 FROM identities WHERE email = $1', [grace.email]),
    ).toHaveLength(1)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('changes somebody’s roles: those that they hold are taken, others given', async () => {
    const { given } = server
    const { tenant, grace, identity } = await scene('Gamma Life')
    const next = await given.role(['audit.read'])
    const admin = await given.withPassword({ tenants: ['any'], grants: [{ role: 'admin' }] })
    const rolesHere = () =>
      given.sql('SELECT role_id FROM grants WHERE user_id = $1 AND tenant_id = $2', [
        grace.id,
        tenant.id,
      ])
    const [{ role_id: before }] = (await rolesHere()) as [{ role_id: string }]
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/identities/${identity}`, admin)
    await page.getByRole('link', { name: grace.email }).waitFor()
    await page.getByRole('link', { name: 'Change role' }).click()
    await page.getByRole('checkbox', { name: `role-${before}` }).check()
    await choose(page, 'Roles to give', `role-${next}`)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Report role transition' }).click()
    await page.getByRole('button', { name: 'Approve' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Taken:').waitFor()
    await dialog.getByRole('button', { name: 'Approve event' }).click()
    await page.getByText('Completed').first().waitFor()
    expect(await rolesHere()).toEqual([{ role_id: next }])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
