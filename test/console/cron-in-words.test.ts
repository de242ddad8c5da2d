import { describe, expect, it } from 'vitest'
import { cronInWords } from '../../console/src/pages/applications/cron-in-words.ts'

describe('A schedule', () => {
  it.each([
    ['* * * * *', 'Every minute (UTC)'],
    ['*/15 * * * *', 'Every 15 minutes (UTC)'],
    ['0 * * * *', 'Every hour, on the hour (UTC)'],
    ['5 */6 * * *', 'Every 6 hours, 5 minutes past (UTC)'],
    ['30 2 * * *', 'Every day at 02:30 (UTC)'],
    ['0 6,18 * * *', 'Every day at 06:00 and 18:00 (UTC)'],
    ['0 6 * * 1-5', 'Monday to Friday, at 06:00 (UTC)'],
    ['0 6 * * MON,thu', 'Every Monday and Thursday, at 06:00 (UTC)'],
    ['0 4 * * 7', 'Every Sunday, at 04:00 (UTC)'],
    ['15 0 1 * *', 'On day 1 of every month, at 00:15 (UTC)'],
    ['0 * * * 1-5', 'Monday to Friday, every hour, on the hour (UTC)'],
  ])('%s is read as “%s”', (cron, words) => {
    expect(cronInWords(cron)).toBe(words)
  })

  it.each([
    '',
    '0 2 * *',
    '0 2 1 * 1',
    '0 2 * 6 *',
    '*/45 * * * *',
    '61 2 * * *',
    '0 24 * * *',
    '0 2 0 * *',
    '0 2 * * 8',
    '0 0/2 * * *',
  ])('%p is not read as something it is not', (cron) => {
    expect(cronInWords(cron)).toBeNull()
  })
})
