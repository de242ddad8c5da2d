import { withoutCovered } from '../../components/permission-choice.ts'
import type { EventType, Webhook } from '../../webhooks/types.ts'

/** What is being typed of a webhook. */
export type Draft = {
  url: string
  description: string
  event_types: readonly string[]
}

export const emptyDraft: Draft = { url: '', description: '', event_types: [] }

export const draftOf = ({ url, description, event_types }: Webhook): Draft => ({
  url,
  description: description ?? '',
  event_types,
})

/** As the API takes it: without what a wildcard says already. */
export const bodyOf = ({ url, description, event_types }: Draft) => ({
  url: url.trim(),
  description: description.trim() || null,
  event_types: withoutCovered(event_types) as EventType[],
})

type Body = ReturnType<typeof bodyOf>

/** Only what is to be another than it is: an address that is sent again begins anew with what failed. */
export function changesOf(before: Body, after: Body): Partial<Body> {
  return {
    ...(after.url !== before.url && { url: after.url }),
    ...(after.description !== before.description && { description: after.description }),
    ...(String(after.event_types) !== String(before.event_types) && {
      event_types: after.event_types,
    }),
  }
}

/** Those that show their own errors. */
export const draftFields = ['url', 'description', 'event_types']
