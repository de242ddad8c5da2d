import { Alert, DataList } from '@mantine/core'
import { IconInfoCircle, IconUserOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { AccountStatus } from '../../accounts/account-status.tsx'
import { IdText } from '../../components/id-text.tsx'
import { Time } from '../../components/time.tsx'
import { accountsTexts, accountDetailTexts as words } from '../../texts/service-accounts.ts'
import type { Account } from './types.ts'

/** What one must know of this account before looking at the rest. */
export function Warnings({ account: { is_orphaned, status } }: { account: Account }) {
  return (
    <>
      {status === 'deactivated' && (
        <Alert variant="light" color="gray" icon={<IconInfoCircle aria-hidden />}>
          {words.notActive}
        </Alert>
      )}
      {is_orphaned && (
        <Alert
          variant="light"
          color="orange"
          icon={<IconUserOff aria-hidden />}
          title={words.orphaned}
        >
          {words.orphanedAbout}
        </Alert>
      )}
    </>
  )
}

export function Facts({ account }: { account: Account }) {
  const { status, description, created_at, token_limit, id } = account
  return (
    <DataList labelWidth="8rem">
      <Fact label={accountsTexts.status}>
        <AccountStatus status={status} />
      </Fact>
      {description !== null && (
        <Fact label={words.description}>
          <bdi>{description}</bdi>
        </Fact>
      )}
      <Fact label={accountsTexts.created}>
        <Time at={created_at} />
      </Fact>
      <Fact label={words.tokenLimit}>{words.liveTokens(token_limit)}</Fact>
      <Fact label={words.id}>
        <IdText id={id} />
      </Fact>
    </DataList>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue style={{ overflowWrap: 'anywhere' }}>{children}</DataList.ItemValue>
    </DataList.Item>
  )
}
