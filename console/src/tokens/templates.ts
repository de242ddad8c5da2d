import { formTexts } from '../texts/token-form.ts'

type Template = { label: string; isPart: (permission: string) => boolean }

const ofResources =
  (...resources: string[]) =>
  (permission: string) =>
    resources.includes(permission.slice(0, permission.indexOf('.')))

const { templates } = formTexts

/** Beginnings for usual tokens. Each brings what of it is held, and is offered where something is. */
const all: Template[] = [
  { label: templates.read, isPart: (permission) => permission.endsWith('.read') },
  { label: templates.people, isPart: ofResources('users', 'tenants') },
  { label: templates.accounts, isPart: ofResources('service_accounts') },
  { label: templates.imports, isPart: ofResources('imports', 'applications') },
  { label: templates.audit, isPart: (permission) => permission === 'audit.read' },
]

export function templatesFrom(held: readonly string[]): { label: string; permissions: string[] }[] {
  return all
    .map(({ label, isPart }) => ({ label, permissions: held.filter(isPart) }))
    .filter(({ permissions }) => permissions.length > 0)
}
