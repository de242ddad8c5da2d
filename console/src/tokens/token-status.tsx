import { Badge } from '@mantine/core'
import {
  IconCircleCheck,
  IconClockExclamation,
  IconClockX,
  IconTrash,
  IconZzz,
} from '@tabler/icons-react'
import { tokenTexts } from '../texts/tokens.ts'
import { stateOf, type TokenState } from './token-state.ts'
import type { Token } from './types.ts'

const looks = {
  active: { color: 'green', Icon: IconCircleCheck },
  expiring: { color: 'orange', Icon: IconClockExclamation },
  idle: { color: 'yellow', Icon: IconZzz },
  expired: { color: 'gray', Icon: IconClockX },
  revoked: { color: 'gray', Icon: IconTrash },
} satisfies Record<TokenState, unknown>

/** By word and sign, never by colour alone. */
export function TokenStatus({ token }: { token: Token }) {
  const state = stateOf(token, Date.now())
  const { color, Icon } = looks[state]
  return (
    <Badge
      variant="light"
      color={color}
      c="var(--mantine-color-text)"
      tt="none"
      fw={600}
      leftSection={<Icon size={14} aria-hidden />}
    >
      {tokenTexts.status[state]}
    </Badge>
  )
}
