import type { Transaction } from '../../audit/record-event.ts'
import type { SourceRules } from '../../fetching/source-rules.ts'
import { faultOfSourceUrl } from '../../fetching/source-url.ts'
import { invalidField, unprocessable } from '../../http/errors.ts'
import type { Tools } from '../../operation.ts'
import { requireCron } from './cron.ts'
import type { Schedule } from './resource.ts'

/** Throws 400 unless a schedule that is given can be kept. */
export function requireSchedule(schedule: Schedule | null | undefined, rules: SourceRules): void {
  if (!schedule) return
  requireCron(schedule.cron)
  const fault = faultOfSourceUrl(schedule.source_url, rules)
  if (fault !== null) throw invalidField('import_schedule.source_url', fault)
}

type Fetched = { import_schedule: unknown; file_groups: readonly { required: boolean }[] }

/** Throws 422 where what a schedule fetches would be only a part: the accounts of the other files would be gone. */
export function requireOneFile({ import_schedule, file_groups }: Fetched): void {
  if (import_schedule === null) return
  if (file_groups.filter(({ required }) => required).length === 1) return
  throw unprocessable(
    'import_schedule',
    'fetches one file, and needs one file group that is required',
  )
}

type Scheduled = { id: string; is_archived: boolean; import_schedule: unknown }

/** When imports are to begin by themselves; null: never, as of an application in the archive. */
const cronOf = ({ is_archived, import_schedule }: Scheduled): string | null =>
  is_archived ? null : ((import_schedule as Schedule | null)?.cron ?? null)

/** Brings what the queues know of a schedule to what the application says, with it. */
export async function keepSchedule(
  tx: Transaction,
  jobs: Tools['jobs'],
  before: Scheduled | null,
  after: Scheduled,
): Promise<void> {
  const cron = cronOf(after)
  if (cron === (before && cronOf(before))) return
  const application_id = after.id
  await jobs.repeat(tx, 'begin_scheduled_import', { application_id }, { key: application_id, cron })
}
