import { Alert, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { components } from '../../generated/api.d.ts'
import { endOfSignInTexts as texts } from '../../texts/identity-providers.ts'

type EndOfSignIn = components['schemas']['EndOfSignIn']

const nobody: EndOfSignIn = { people: 0, locked_out: 0, sessions: 0, tokens: 0 }

/** Whom it concerns when nobody signs in by a provider any more: what ends, and what goes on. */
export const showEndOfSignIn = (data: unknown) => <Shown effect={data as EndOfSignIn | null} />

function Shown({ effect }: { effect: EndOfSignIn | null }) {
  const { people, locked_out, sessions, tokens } = effect ?? nobody
  if (people === 0 && sessions === 0) {
    return (
      <Alert role="status" variant="light" color="green" icon={<IconCircleCheck aria-hidden />}>
        {texts.nobody}
      </Alert>
    )
  }
  return (
    <Stack gap="xs">
      <Alert
        role="status"
        variant="light"
        color="orange"
        icon={<IconAlertTriangle aria-hidden />}
        title={texts.concerns(people)}
      >
        <List size="sm">
          {locked_out > 0 && <List.Item>{texts.lockedOut(locked_out)}</List.Item>}
          <List.Item>{texts.sessions(sessions)}</List.Item>
          <List.Item>{texts.tokens(tokens)}</List.Item>
        </List>
      </Alert>
      {tokens > 0 && <Text size="sm">{texts.tokensAbout}</Text>}
    </Stack>
  )
}
