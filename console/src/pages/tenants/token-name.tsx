import { Anchor, Code, Group } from '@mantine/core'
import { Link } from 'react-router'
import { systemPrincipalId } from '../../access/system-principal.ts'
import type { components } from '../../generated/api.d.ts'
import { othersTokens } from '../../texts/others-tokens.ts'

type Props = { token: components['schemas']['TenantToken'] }

/** Leads to what the token stores and may do; those of the system have their own list. */
export function TokenName({ token: { id, name, hint, owner } }: Props) {
  const home = owner.is_service_account ? 'service-accounts' : 'users'
  return (
    <Group gap={6}>
      {owner.id === systemPrincipalId ? (
        <bdi>{name}</bdi>
      ) : (
        <Anchor component={Link} to={`/${home}/${owner.id}/tokens/${id}`} size="sm" fw={600}>
          <bdi>{name}</bdi>
        </Anchor>
      )}
      <Code aria-label={othersTokens.endsWith(hint)}>…{hint}</Code>
    </Group>
  )
}
