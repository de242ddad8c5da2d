import { Stack, TextInput } from '@mantine/core'
import { webhookFormTexts as words } from '../../texts/webhooks.ts'
import type { Draft } from './draft.ts'
import { EventTypesField } from './event-types-field.tsx'

type Props = {
  draft: Draft
  setDraft: (change: (before: Draft) => Draft) => void
  /** By field of the request. */
  wrong: Record<string, string>
}

/** Everything that can be said of a webhook, new or not, but for its place. */
export function Fields({ draft, setDraft, wrong }: Props) {
  return (
    <Stack gap="lg">
      <TextInput
        label={words.url}
        description={words.urlAbout}
        placeholder={words.urlExample}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        maxLength={2000}
        required
        withAsterisk={false}
        value={draft.url}
        onChange={({ currentTarget: { value } }) =>
          setDraft((before) => ({ ...before, url: value }))
        }
        error={wrong['url']}
      />
      <TextInput
        label={words.description}
        description={words.descriptionAbout}
        placeholder={words.descriptionExample}
        autoComplete="off"
        maxLength={200}
        value={draft.description}
        onChange={({ currentTarget: { value } }) =>
          setDraft((before) => ({ ...before, description: value }))
        }
        error={wrong['description']}
      />
      <EventTypesField value={draft.event_types} setDraft={setDraft} error={wrong['event_types']} />
    </Stack>
  )
}
