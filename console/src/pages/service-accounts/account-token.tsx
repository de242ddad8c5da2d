import { useDisclosure } from '@mantine/hooks'
import { IconReplace, IconTrash } from '@tabler/icons-react'
import { useNavigate, useParams } from 'react-router'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { useAllowedInSome } from '../../access/use-allowed-in-some.ts'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { navigation } from '../../texts/navigation.ts'
import { tokenTexts } from '../../texts/tokens.ts'
import { DeleteToken } from '../../tokens/delete-token.tsx'
import { TokenDetail } from '../../tokens/token-detail.tsx'
import type { TokenDetail as Detail } from '../../tokens/types.ts'
import { deleteAccountToken } from './delete-account-token.ts'
import type { Account } from './types.ts'

export function Component() {
  const { id = '', token_id = '' } = useParams()
  const account = api.useQuery('get', '/api/v1/service-accounts/{id}', { params: { path: { id } } })
  const token = api.useQuery('get', '/api/v1/users/{id}/tokens/{token_id}', {
    params: { path: { id, token_id } },
  })
  return (
    <Loaded query={account}>
      {(account) => (
        <Loaded query={token}>{(token) => <AccountToken account={account} token={token} />}</Loaded>
      )}
    </Loaded>
  )
}

function AccountToken({ account, token }: { account: Account; token: Detail }) {
  const mayMake = useAllowedInSome('service_accounts.tokens', account.tenants)
  const home = `/service-accounts/${account.id}`
  const replaceHref = `${home}/tokens/new?from=${token.id}`
  return (
    <Page
      title={token.name}
      above={[
        { to: '/service-accounts', label: navigation.serviceAccounts },
        { to: `${home}?tab=tokens`, label: account.name },
      ]}
      actions={
        <>
          <LinkButton
            to={replaceHref}
            allowed={mayMake}
            variant="default"
            leftSection={<IconReplace size={16} aria-hidden />}
          >
            {tokenTexts.replaceButton}
          </LinkButton>
          {token.status === 'active' && <Delete account={account} token={token} />}
        </>
      }
    >
      <TokenDetail token={token} {...(mayMake.isAllowed && { replaceHref })} />
    </Page>
  )
}

/** It takes a say in every tenant that the token stores; without any, in those of the account. */
function Delete({ account, token }: { account: Account; token: Detail }) {
  const [isOpen, { open, close }] = useDisclosure()
  const navigate = useNavigate()
  const places = token.tenants.length > 0 ? token.tenants : account.tenants
  const asOperator = useAllowedOver('service_accounts.tokens', places)
  const asAdministrator = useAllowedOver('tokens.revoke', places)
  return (
    <>
      <AllowedButton
        color="red"
        variant="outline"
        allowed={asAdministrator.isAllowed ? asAdministrator : asOperator}
        onClick={open}
        leftSection={<IconTrash size={16} aria-hidden />}
      >
        {tokenTexts.remove}
      </AllowedButton>
      {isOpen && (
        <DeleteToken
          token={token}
          remove={() => deleteAccountToken(account.id, token.id)}
          onClose={close}
          onDeleted={() => navigate(`/service-accounts/${account.id}?tab=tokens`)}
        />
      )}
    </>
  )
}
