import { Stack, Textarea, TextInput } from '@mantine/core'
import { todayInUtc } from '../../components/day.tsx'
import { FormPart } from '../../components/form-part.tsx'
import type { EventType } from '../../personnel-events/types.ts'
import { newEventTexts as words } from '../../texts/personnel-events.ts'

export type When = { effective_date: string; end_date: string; comment: string }

export const today = (): When => ({ effective_date: todayInUtc(), end_date: '', comment: '' })

type Props = {
  type: EventType
  when: When
  change: (values: Partial<When>) => void
  wrong: Record<string, string>
}

const ends: Partial<Record<EventType, string>> = {
  role_transition: words.endTransition,
  leave_of_absence: words.endLeave,
}

/** The days, and a word for who approves it. */
export function WhenFields({ type, when, change, wrong }: Props) {
  const end = ends[type]
  return (
    <FormPart title={words.when}>
      <Stack gap="sm">
        <TextInput
          type="date"
          label={words.effective}
          description={words.effectiveAbout}
          required
          withAsterisk={false}
          {...(type !== 'onboard' && { min: todayInUtc() })}
          value={when.effective_date}
          onChange={({ currentTarget }) => change({ effective_date: currentTarget.value })}
          error={wrong['effective_date']}
          maw={280}
        />
        {end && (
          <TextInput
            type="date"
            label={words.end}
            description={end}
            min={when.effective_date}
            value={when.end_date}
            onChange={({ currentTarget }) => change({ end_date: currentTarget.value })}
            error={wrong['end_date']}
            maw={280}
          />
        )}
        <Textarea
          label={words.comment}
          description={words.commentAbout}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          value={when.comment}
          onChange={({ currentTarget }) => change({ comment: currentTarget.value })}
          error={wrong['comment']}
        />
      </Stack>
    </FormPart>
  )
}

/** As the API takes it: what isn't said is left out, and an end that was said of another type. */
export function whenOf(type: EventType, { effective_date, end_date, comment }: When) {
  return {
    effective_date,
    ...(ends[type] && end_date && { end_date }),
    ...(comment.trim() && { comment: comment.trim() }),
  }
}
