import { CronExpressionParser } from 'cron-parser'
import { invalidField } from '../../http/errors.ts'

const field = 'import_schedule.cron'
const leastMinutes = 5

/**
 * Throws 400 unless this is a cron expression of five fields that comes to pass, and not every few minutes. The
 * parser is the one that will decide when it is due; of what it takes more (seconds, `@daily`, `H`, which is
 * another minute each time that it is read), nothing is.
 */
export function requireCron(text: string): void {
  const fields = text.split(' ')
  if (fields.length !== 5 || !fields.every((one) => /^[0-9A-Za-z*,/?#-]+$/.test(one))) {
    throw invalidField(field, 'must be five fields: minute, hour, day, month, day of the week')
  }
  if (/(?<![A-Za-z])H(?![A-Za-z])/.test(text)) throw invalidField(field, 'must not hold H')
  const { minute, hour } = parsed(text)
  if (isTooOften(minute, hour)) {
    throw invalidField(field, `must leave ${leastMinutes} minutes between two imports`)
  }
}

function parsed(text: string) {
  try {
    const expression = CronExpressionParser.parse(text, { tz: 'UTC' })
    // Some days never come, such as the 30th of February.
    expression.next()
    return {
      minute: expression.fields.minute.values.map(Number),
      hour: expression.fields.hour.values.map(Number),
    }
  } catch {
    throw invalidField(field, 'is no cron expression')
  }
}

/** Within an hour, or from the last minute of one to the first of the next. */
function isTooOften(minutes: number[], hours: number[]): boolean {
  const [first = 0] = minutes
  const isNear = (minute: number, at: number) => minute - (minutes[at - 1] ?? -60) < leastMinutes
  if (minutes.some(isNear)) return true
  const meets = hours.some((hour) => hours.includes((hour + 1) % 24))
  return meets && first + 60 - (minutes.at(-1) ?? 0) < leastMinutes
}
