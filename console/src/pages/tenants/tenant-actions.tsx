import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { type Allowed, useAllowed } from '../../access/use-allowed.ts'
import { api, client } from '../../api/client.ts'
import { ActivateButton } from '../../components/activate-button.tsx'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ImpactDialog } from '../../components/impact-dialog.tsx'
import { RenameDialog } from '../../components/rename-dialog.tsx'
import { tenantDetailTexts as words } from '../../texts/tenants.ts'
import { RetireTenant } from './retire-tenant.tsx'
import type { Tenant } from './tenant-state.tsx'

export function TenantActions({ tenant }: { tenant: Tenant }) {
  const mayEnd = useAllowed('tenants.retire')
  if (tenant.status === 'retired') return null
  return (
    <>
      <Rename tenant={tenant} />
      {tenant.status === 'active' ? (
        <Suspend tenant={tenant} allowed={mayEnd} />
      ) : (
        <Activate tenant={tenant} allowed={mayEnd} />
      )}
      <RetireTenant tenant={tenant} allowed={mayEnd} />
    </>
  )
}

type Props = { tenant: Tenant; allowed: Allowed }

function Rename({ tenant: { id, name } }: { tenant: Tenant }) {
  const [isOpen, { open, close }] = useDisclosure()
  const allowed = useAllowed('tenants.update', id)
  const update = api.useMutation('patch', '/api/v1/tenants/{id}', { onSuccess: close })
  function start() {
    update.reset()
    open()
  }
  return (
    <>
      <AllowedButton variant="default" allowed={allowed} onClick={start}>
        {words.rename}
      </AllowedButton>
      <RenameDialog
        opened={isOpen}
        onClose={close}
        title={words.renameTitle}
        about={words.renameAbout}
        name={name}
        error={update.error}
        isBusy={update.isPending}
        onRename={(next) => update.mutate({ params: { path: { id } }, body: { name: next } })}
      />
    </>
  )
}

function Suspend({ tenant: { id, name }, allowed }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const path = { id }
  return (
    <>
      <AllowedButton variant="default" allowed={allowed} onClick={open}>
        {words.suspend}
      </AllowedButton>
      <ImpactDialog
        opened={isOpen}
        onClose={close}
        title={words.suspendTitle(name)}
        about={words.suspendAbout}
        action={words.suspendAction}
        preview={() =>
          client.POST('/api/v1/tenants/{id}/suspend', {
            params: { path, query: { dry_run: true } },
          })
        }
        change={() => client.POST('/api/v1/tenants/{id}/suspend', { params: { path } })}
        onDone={() => notifications.show({ message: words.suspended(name) })}
      />
    </>
  )
}

function Activate({ tenant: { id, name }, allowed }: Props) {
  return (
    <ActivateButton
      label={words.activate}
      allowed={allowed}
      activate={() => client.POST('/api/v1/tenants/{id}/activate', { params: { path: { id } } })}
      done={words.activated(name)}
    />
  )
}
