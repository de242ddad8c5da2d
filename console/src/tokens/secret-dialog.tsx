import { Anchor, Button, Group, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { secretTexts } from '../texts/tokens.ts'
import { CopySecret } from './copy-secret.tsx'
import { ShownOnce } from './shown-once.tsx'
import { curlOf, downloadEnv } from './take-along.ts'

type Props = { token: string; name: string; onClose: () => void }

/** A new token, with the ways to take it along. */
export function SecretDialog({ token, name, onClose }: Props) {
  return (
    <ShownOnce texts={secretTexts} label={secretTexts.label(name)} secret={token} onClose={onClose}>
      {(take) => (
        <>
          <Group>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => {
                downloadEnv(name, token)
                take()
              }}
            >
              {secretTexts.download}
            </Button>
          </Group>
          <CopySecret
            label={secretTexts.curl}
            copyLabel={secretTexts.copyCurl}
            value={curlOf(token)}
            onTaken={take}
          />
          <PostmanHint />
        </>
      )}
    </ShownOnce>
  )
}

function PostmanHint() {
  return (
    <Text size="sm">
      {secretTexts.postman}{' '}
      <Anchor href="/api/v1/openapi.json" target="_blank" inherit underline="always">
        {secretTexts.postmanLink}
      </Anchor>
      .
    </Text>
  )
}
