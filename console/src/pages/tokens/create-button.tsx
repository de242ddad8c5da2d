import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { limitTexts, tokenTexts } from '../../texts/tokens.ts'
import { isFull, type Room } from './room.ts'

/** Where there is no room it stays, and says so. */
export function CreateButton({ room }: { room: Room }) {
  const look = { leftSection: <IconPlus size={16} aria-hidden />, children: tokenTexts.create }
  if (!isFull(room)) return <Button component={Link} to="/settings/tokens/new" {...look} />
  const reason = limitTexts.reached(room.live_tokens ?? 0, room.token_limit)
  return <AllowedButton allowed={{ isAllowed: false, reason }} {...look} />
}
