import { Code } from '@mantine/core'
import { cronInWords } from './cron-in-words.ts'

/** What people say, or what the computer reads where there are no words for it. */
export function ScheduleInWords({ cron }: { cron: string }) {
  return cronInWords(cron) ?? <Code>{cron}</Code>
}
