import { Stack, Text, ThemeIcon, Timeline, Title } from '@mantine/core'
import { IconBan, IconCheck, IconClock, IconX } from '@tabler/icons-react'
import { dayInWords } from '../../components/day.tsx'
import { Time } from '../../components/time.tsx'
import type { PersonnelEvent } from '../../personnel-events/types.ts'
import { texts } from '../../texts/common.ts'
import { eventDetailTexts as words } from '../../texts/personnel-events.ts'

type Stage = PersonnelEvent['stages'][number]

const looks: Record<Stage['status'], { icon: typeof IconCheck; color: string }> = {
  done: { icon: IconCheck, color: 'teal.8' },
  waiting: { icon: IconClock, color: 'gray.6' },
  failed: { icon: IconX, color: 'red' },
  canceled: { icon: IconBan, color: 'gray.6' },
}

/** What has been done of it, by whom and when, and what is still to come. */
export function Stages({ event }: { event: PersonnelEvent }) {
  const { stages } = event
  const firstUndone = stages.findIndex(({ status }) => status !== 'done')
  const done = firstUndone === -1 ? stages.length : firstUndone
  return (
    <Stack gap="sm" component="section" aria-label={words.stages}>
      <Title order={2} size="h4">
        {words.stages}
      </Title>
      <Timeline active={done - 1} bulletSize={28} lineWidth={2} role="list" aria-live="polite">
        {stages.map((stage) => {
          const { icon: Icon, color } = looks[stage.status]
          return (
            <Timeline.Item
              key={stage.name}
              role="listitem"
              title={words.stageNames[stage.name]}
              bullet={
                <ThemeIcon size={28} radius="xl" color={color}>
                  <Icon size={16} aria-hidden />
                </ThemeIcon>
              }
            >
              <Said stage={stage} event={event} />
            </Timeline.Item>
          )
        })}
      </Timeline>
    </Stack>
  )
}

function Said({ stage, event }: { stage: Stage; event: PersonnelEvent }) {
  const { name, status, at, by } = stage
  const said = words.stageStatuses[status]
  if (at === null) {
    const due = dueOn(name, event)
    return <Text size="sm">{due === null ? said : words.stageDue(dayInWords(due))}</Text>
  }
  return (
    <Text size="sm">
      {said} <Time at={at} />
      {by !== null && (
        <>
          {' '}
          {words.by} {by === 'system' ? texts.system : <bdi>{by}</bdi>}
        </>
      )}
    </Text>
  )
}

/** The day of a stage that the worker does; the others follow, or wait for a person. */
function dueOn(name: Stage['name'], event: PersonnelEvent): string | null {
  if (['canceled', 'failed', 'completed'].includes(event.status)) return null
  if (name === 'approve' || name === 'verify') return null
  return name === 'restore' ? event.end_date : event.effective_date
}
