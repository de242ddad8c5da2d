import { Anchor } from '@mantine/core'
import { Link } from 'react-router'
import { holdsAnywhere, useMe } from '../access/me.ts'
import { nameOf } from './types.ts'

type Props = { identity: { id: string; first_name: string; last_name: string } }

/** The name of a person on the books, which leads to their page for who may read it. */
export function IdentityLink({ identity }: Props) {
  const name = nameOf(identity)
  if (!holdsAnywhere(useMe(), 'identities.read')) return <bdi>{name}</bdi>
  return (
    <Anchor
      component={Link}
      to={`/identities/${identity.id}`}
      size="sm"
      fw={600}
      lineClamp={2}
      title={name}
    >
      <bdi>{name}</bdi>
    </Anchor>
  )
}
