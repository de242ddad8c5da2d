import { Checkbox, Stack, Text } from '@mantine/core'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { FieldError } from '../../components/field-error.tsx'
import { Loaded } from '../../components/loaded.tsx'
import type { Identity } from '../../identities/types.ts'
import { newEventTexts as words } from '../../texts/personnel-events.ts'

type Props = {
  identity: Identity
  chosen: readonly string[]
  onChoose: (role_ids: string[]) => void
  error: string | undefined
}

/** The roles that the person's user holds in this tenant, to be taken. For who may look at what they hold. */
export function HeldRoles({ identity: { user_id, tenant_id }, chosen, onChoose, error }: Props) {
  const mayLook = holdsAnywhere(useMe(), 'users.read')
  const grants = api.useQuery(
    'get',
    '/api/v1/users/{id}/grants',
    { params: { path: { id: user_id ?? '' }, query: { limit: 100 } } },
    { enabled: user_id !== null && mayLook },
  )
  if (user_id === null) return <NoChoice error={error}>{words.noUser}</NoChoice>
  // Whoever may not look at people here is answered as if there were nobody.
  if (!mayLook || failureOf(grants.error).isNotFound) {
    return <NoChoice error={error}>{words.rolesUnseen}</NoChoice>
  }
  return (
    <Loaded query={grants}>
      {({ data }) => {
        const here = data.filter((grant) => grant.tenant_id === tenant_id)
        if (here.length === 0) return <NoChoice error={error}>{words.heldRoles}</NoChoice>
        return (
          <Checkbox.Group
            label={words.removeRoles}
            description={words.removeAbout}
            value={[...chosen]}
            onChange={onChoose}
            error={error}
          >
            <Stack gap="xs" mt="xs">
              {here.map(({ role_id, role }) => (
                <Checkbox key={role_id} value={role_id} label={<bdi>{role}</bdi>} />
              ))}
            </Stack>
          </Checkbox.Group>
        )
      }}
    </Loaded>
  )
}

function NoChoice({ children, error }: { children: string; error: string | undefined }) {
  return (
    <div>
      <Text size="sm">{children}</Text>
      <FieldError>{error}</FieldError>
    </div>
  )
}
