import { Text } from '@mantine/core'
import type { Allowed } from '../access/use-allowed.ts'
import { Time } from '../components/time.tsx'
import { sessionTexts as texts } from '../texts/sessions.ts'
import { EndButton } from './end-button.tsx'
import type { Session } from './session.ts'
import { deviceOf } from './session-columns.tsx'

type Props = {
  session: Session
  allowed?: Allowed
  end: () => Promise<{ error?: unknown }>
}

/** Ends one session, named by where it is. */
export function EndSession({ session, end, ...props }: Props) {
  const device = deviceOf(session)
  const address = session.last_used_ip ?? texts.unknownAddress
  return (
    <EndButton
      {...props}
      size="compact-sm"
      label={texts.end}
      aria-label={texts.endThat(device, address)}
      title={texts.endTitle}
      action={texts.end}
      end={end}
      done={() => texts.ended}
      about={
        <>
          <Text fw={500}>
            {device} ({address}), {texts.lastActive} <Time at={session.last_used_at} />
          </Text>
          {texts.endAbout}
        </>
      }
    />
  )
}
