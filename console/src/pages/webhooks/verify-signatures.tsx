import {
  Anchor,
  Button,
  Code,
  CopyButton,
  Group,
  List,
  ScrollArea,
  Stack,
  Text,
} from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { Section } from '../../components/section.tsx'
import { texts } from '../../texts/common.ts'
import { verifyTexts as words } from '../../texts/webhooks.ts'
import { byHand, byLibrary } from './verify-snippets.ts'

const headers = [
  ['webhook-id', words.webhookId],
  ['webhook-timestamp', words.webhookTimestamp],
  ['webhook-signature', words.webhookSignature],
] as const

/** For whoever builds the receiver. */
export function VerifySignatures() {
  return (
    <Section title={words.title} about={words.about}>
      <Text size="sm">{words.headers}</Text>
      <List size="sm" spacing={4}>
        {headers.map(([name, about]) => (
          <List.Item key={name}>
            <Code>{name}</Code> {about}
          </List.Item>
        ))}
      </List>
      <Text size="sm">{words.body}</Text>
      <Snippet title={words.withLibrary} code={byLibrary} />
      <Text size="sm">
        {words.librariesAt}{' '}
        <Anchor
          href="https://www.standardwebhooks.com"
          target="_blank"
          rel="noreferrer"
          inherit
          underline="always"
        >
          standardwebhooks.com
        </Anchor>
        .
      </Text>
      <Snippet title={words.byHand} code={byHand} />
    </Section>
  )
}

function Snippet({ title, code }: { title: string; code: string }) {
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <CopyButton value={code} timeout={3000}>
          {({ copied, copy }) => {
            const Icon = copied ? IconCheck : IconCopy
            return (
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<Icon size={14} aria-hidden />}
                onClick={copy}
                aria-label={`${words.copy}: ${title}`}
              >
                <span aria-live="polite">{copied ? texts.copied : words.copy}</span>
              </Button>
            )
          }}
        </CopyButton>
      </Group>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title }}>
        <Code block>{code}</Code>
      </ScrollArea>
    </Stack>
  )
}
