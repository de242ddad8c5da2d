import { Badge } from '@mantine/core'

/** `asking`: it waits for a person. */
export type Tone = 'good' | 'waiting' | 'asking' | 'stopped' | 'bad'

const colors: Record<Tone, string> = {
  good: 'teal',
  waiting: 'blue',
  asking: 'orange',
  stopped: 'gray',
  bad: 'red',
}

/** A status in a word; the dot only repeats it. */
export function StateBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Badge variant="dot" color={colors[tone]} tt="none" fw={500} miw="max-content">
      {children}
    </Badge>
  )
}
