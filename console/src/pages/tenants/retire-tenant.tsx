import { Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Allowed } from '../../access/use-allowed.ts'
import { client } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ImpactDialog } from '../../components/impact-dialog.tsx'
import { tenantDetailTexts as words } from '../../texts/tenants.ts'
import type { Tenant } from './tenant-state.tsx'

type Props = { tenant: Tenant; allowed: Allowed }

/** There is no way back, so it takes more than a click: the slug, typed. */
export function RetireTenant({ tenant: { id, name, slug }, allowed }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const [typed, setTyped] = useState('')
  const path = { id }
  return (
    <>
      <AllowedButton
        variant="default"
        allowed={allowed}
        onClick={() => {
          setTyped('')
          open()
        }}
      >
        {words.retire}
      </AllowedButton>
      <ImpactDialog
        opened={isOpen}
        onClose={close}
        title={words.retireTitle(name)}
        about={
          <Stack gap={4}>
            <Text>{words.retireAbout}</Text>
            <Text size="sm">{words.retireInstead}</Text>
          </Stack>
        }
        action={words.retireAction}
        isReady={typed === slug}
        preview={() =>
          client.POST('/api/v1/tenants/{id}/retire', { params: { path, query: { dry_run: true } } })
        }
        change={() => client.POST('/api/v1/tenants/{id}/retire', { params: { path } })}
        onDone={() => notifications.show({ message: words.retired(name) })}
      >
        <TextInput
          label={words.typeSlug(slug)}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
      </ImpactDialog>
    </>
  )
}
