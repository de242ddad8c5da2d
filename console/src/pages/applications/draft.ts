import type { Application } from './types.ts'

/** A file that an import is made of. `key` is for the screen only: a new one has no id yet. */
export type GroupDraft = { key: string; id?: string; name: string; required: boolean }

/** What is being typed of an application. */
export type Draft = {
  name: string
  priority: Application['priority']
  groups: GroupDraft[]
  isScheduled: boolean
  cron: string
  source_url: string
  isWaiting: boolean
  /** Empty while it is being typed: the field is required. */
  percent: number | ''
}

/** For the fields that show a part of it. */
export type FieldsProps = {
  draft: Draft
  change: (values: Partial<Draft>) => void
  /** By field of the request. */
  wrong: Record<string, string>
}

const usualPercent = 50

export const newGroup = (name = ''): GroupDraft => ({
  key: crypto.randomUUID(),
  name,
  required: true,
})

export const emptyDraft = (firstGroup: string): Draft => ({
  name: '',
  priority: 'none',
  groups: [newGroup(firstGroup)],
  isScheduled: false,
  cron: '0 2 * * *',
  source_url: '',
  isWaiting: true,
  percent: usualPercent,
})

export const draftOf = (application: Application): Draft => ({
  name: application.name,
  priority: application.priority,
  groups: application.file_groups.map((group) => ({ key: group.id, ...group })),
  isScheduled: application.import_schedule !== null,
  cron: application.import_schedule?.cron ?? '0 2 * * *',
  source_url: application.import_schedule?.source_url ?? '',
  isWaiting: application.change_threshold_percent !== null,
  percent: application.change_threshold_percent ?? usualPercent,
})

/** As the API takes it. */
export function bodyOf(draft: Draft) {
  return {
    name: draft.name.trim(),
    priority: draft.priority,
    file_groups: draft.groups.map(({ id, name, required }) => ({
      ...(id !== undefined && { id }),
      name: name.trim(),
      required,
    })),
    import_schedule: draft.isScheduled
      ? { cron: draft.cron.trim(), source_url: draft.source_url.trim() }
      : null,
    change_threshold_percent: draft.isWaiting ? Number(draft.percent) : null,
  }
}

export type Body = ReturnType<typeof bodyOf>

/** Only what is to be another than it is. */
export function changesOf(before: Body, after: Body): Partial<Body> {
  const names = Object.keys(after) as (keyof Body)[]
  const changed = names.filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  return Object.fromEntries(changed.map((name) => [name, after[name]]))
}

/** Those that show their own errors. */
export const draftFields = [
  'name',
  'priority',
  'file_groups',
  'import_schedule',
  'import_schedule.cron',
  'import_schedule.source_url',
  'change_threshold_percent',
]
