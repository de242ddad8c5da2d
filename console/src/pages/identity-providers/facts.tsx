import { DataList, Stack, Text } from '@mantine/core'
import { Fact } from '../../components/fact.tsx'
import { ScopeEntries } from '../../components/scope-entry.tsx'
import { accountTexts } from '../../texts/accounts.ts'
import { texts as common } from '../../texts/common.ts'
import { providersTexts, providerFormTexts as words } from '../../texts/identity-providers.ts'
import type { Provider } from './draft.ts'
import { GrantInWords } from './jit-grants.tsx'

/** The same as the form, for who may look and not change. */
export function Facts({ provider }: { provider: Provider }) {
  const { issuer, client_id, has_client_secret, allowed_domains, jit } = provider
  return (
    <DataList labelWidth="10rem">
      <Fact label={providersTexts.issuer}>{issuer}</Fact>
      <Fact label={providersTexts.clientId}>{client_id}</Fact>
      <Fact label={providersTexts.clientSecret}>
        {has_client_secret ? words.hasSecret : words.noSecret}
      </Fact>
      <Fact label={providersTexts.newPeople}>
        {jit.enabled ? words.jit : providersTexts.nobodyNew}
      </Fact>
      {jit.enabled && (
        <>
          <Fact label={words.tenants}>
            {jit.tenants.length > 0 ? <ScopeEntries entries={jit.tenants} /> : accountTexts.noScope}
          </Fact>
          <Fact label={words.grants}>
            <Stack gap={4}>
              {jit.grants.length === 0 && <Text size="sm">{accountTexts.noGrants}</Text>}
              {jit.grants.map((grant) => (
                <GrantInWords key={`${grant.role_id} ${grant.tenant_id}`} grant={grant} />
              ))}
            </Stack>
          </Fact>
        </>
      )}
      <Fact label={providersTexts.domains}>{allowed_domains.join(', ') || common.none}</Fact>
    </DataList>
  )
}
