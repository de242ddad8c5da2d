import { failureOf } from '../api/errors.ts'
import { texts } from '../texts/common.ts'

type Search = { isPending: boolean; error: unknown }

/** What a search field says where it has found nothing: not yet, not at all, or why it can't look. */
export function searchState({ isPending, error }: Search, wrong: string | undefined) {
  return {
    nothingFoundMessage: isPending ? texts.loading : texts.nothingFound,
    error: wrong ?? (error === null ? undefined : failureOf(error).message),
  }
}
