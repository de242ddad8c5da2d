import { Anchor } from '@mantine/core'
import { Link } from 'react-router'
import { holdsAnywhere, useMe } from '../access/me.ts'
import { systemPrincipalId } from '../access/system-principal.ts'
import { texts } from '../texts/common.ts'

type Account = { id: string; name: string; is_service_account: boolean }

/** The name of a person or service account, which leads to their page for who may read it. */
export function AccountLink({ account }: { account: Account }) {
  const { id, name, is_service_account } = account
  const me = useMe()
  const permission = is_service_account ? 'service_accounts.read' : 'users.read'
  if (id === systemPrincipalId) return texts.system
  if (!holdsAnywhere(me, permission)) return <bdi>{name}</bdi>
  return (
    <Anchor
      component={Link}
      to={is_service_account ? `/service-accounts/${id}` : `/users/${id}`}
      fw={600}
      size="sm"
      lineClamp={2}
      title={name}
    >
      <bdi>{name}</bdi>
    </Anchor>
  )
}
