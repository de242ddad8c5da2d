import { Alert, Anchor, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconInfoCircle } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { api } from '../../api/client.ts'
import { limitTexts } from '../../texts/tokens.ts'
import { isFull, type Room } from './room.ts'

/** Loaded when it is asked for: the page on which everybody begins stays light. */
const AskForMore = lazy(async () => ({ default: (await import('./ask-for-more.tsx')).AskForMore }))

/** Nobody may have more, whoever approves. */
const most = 10

/** What to do where there is no room, and what became of having asked. */
export function AtTheLimit({ room }: { room: Room }) {
  const [isOpen, { open, close }] = useDisclosure()
  const requests = api.useQuery('get', '/api/v1/me/token-limit-requests', {
    params: { query: { limit: 5 } },
  })
  const last = requests.data?.data[0]
  const waiting = last?.status === 'pending' ? last : undefined
  if (!isFull(room) && !waiting) return null
  return (
    <Alert color="blue" variant="light" icon={<IconInfoCircle aria-hidden />}>
      {isFull(room) && (
        <Text>
          {limitTexts.reached(room.live_tokens ?? 0, room.token_limit)}{' '}
          {room.token_limit >= most ? (
            limitTexts.askAtMost
          ) : (
            <>
              {limitTexts.instead}{' '}
              <Anchor component="button" type="button" onClick={open} underline="always">
                {limitTexts.ask}
              </Anchor>
            </>
          )}
        </Text>
      )}
      {waiting && <Text>{limitTexts.waiting(waiting.requested_limit)}</Text>}
      {last?.status === 'denied' && (
        <Text>
          {limitTexts.denied(last.requested_limit)} <bdi>{last.decision_reason}</bdi>
        </Text>
      )}
      {isOpen && (
        <Suspense>
          <AskForMore
            room={room}
            requests={requests.data?.data ?? []}
            most={most}
            onClose={close}
          />
        </Suspense>
      )}
    </Alert>
  )
}
