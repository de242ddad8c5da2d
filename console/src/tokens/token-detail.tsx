import { Anchor, Code, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Time } from '../components/time.tsx'
import { tokenTexts } from '../texts/tokens.ts'
import { instantInWords } from './expiry.ts'
import { Person } from './person.tsx'
import { Ended, LastUse } from './token-columns.tsx'
import { TokenRights } from './token-rights.tsx'
import { TokenStatus } from './token-status.tsx'
import type { TokenDetail as Detail } from './types.ts'

const { facts } = tokenTexts

type Props = {
  token: Detail
  /** The form for one in its place; none: this person may not make one. */
  replaceHref?: string | undefined
}

/** One token: what is known of it, and what it may do. */
export function TokenDetail({ token, replaceHref }: Props) {
  return (
    <Stack gap="xl">
      <Facts token={token} />
      <TokenRights token={token} />
      {replaceHref && (
        <Text>
          {tokenTexts.fixed}{' '}
          <Anchor component={Link} to={replaceHref} underline="always">
            {tokenTexts.replace}
          </Anchor>
          .
        </Text>
      )}
    </Stack>
  )
}

function Facts({ token }: { token: Detail }) {
  return (
    <Paper withBorder p="lg" component="section" aria-label={facts.about}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} component="dl" m={0} verticalSpacing="lg">
        <Fact term={facts.status}>
          <Stack gap={4} align="flex-start">
            <TokenStatus token={token} />
            {token.revoked_at !== null && <Ended token={token} />}
          </Stack>
        </Fact>
        <Fact term={facts.expires}>
          <Time at={token.expires_at} never={tokenTexts.neverExpires} />
          <Exact at={token.expires_at} />
        </Fact>
        <Fact term={facts.lastUse}>
          <LastUse token={token} />
          <Exact at={token.last_used_at} />
        </Fact>
        <Fact term={facts.created}>
          <Time at={token.created_at} /> {tokenTexts.endedBy} <Person id={token.created_by} />
          <Exact at={token.created_at} />
        </Fact>
        <Fact term={facts.purpose}>
          <bdi>{token.description ?? facts.unsaid}</bdi>
        </Fact>
        <Fact term={facts.hint}>
          <Code>…{token.hint}</Code>
        </Fact>
        <Fact term={facts.id}>
          <Code>{token.id}</Code>
        </Fact>
      </SimpleGrid>
    </Paper>
  )
}

function Exact({ at }: { at: string | null }) {
  return (
    at !== null && (
      <Text size="sm" c="dimmed">
        {instantInWords(at)}
      </Text>
    )
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {term}
      </Text>
      <Text component="dd" m={0} style={{ whiteSpace: 'pre-line' }}>
        {children}
      </Text>
    </div>
  )
}
