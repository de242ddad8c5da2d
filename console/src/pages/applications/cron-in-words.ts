import { cronTexts as texts } from '../../texts/applications.ts'

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const shortDays = days.map((day) => day.slice(0, 3).toLowerCase())

const isNumber = (field: string, max: number) => /^\d{1,2}$/.test(field) && Number(field) <= max

/** What a cron expression of five fields means, as people say it; null: it is none of the usual ones. */
export function cronInWords(expression: string): string | null {
  const fields = expression.trim().toLowerCase().split(/\s+/)
  const [minute = '', hour = '', date = '', month = '', day = ''] = fields
  if (fields.length !== 5 || month !== '*') return null
  const time = timeInWords(minute, hour)
  const when = dayInWords(date, day)
  if (time === null || when === null) return null
  return texts.whole(when, time)
}

function timeInWords(minute: string, hour: string): { text: string; isOften: boolean } | null {
  const every = /^\*\/(\d{1,2})$/
  const minutes = every.exec(minute)?.[1]
  // A step that doesn't divide the hour begins anew with each: that is not “every 45 minutes”.
  if (minutes && hour === '*' && 60 % Number(minutes) === 0) {
    return { text: texts.everyMinutes(Number(minutes)), isOften: true }
  }
  if (minute === '*' && hour === '*') return { text: texts.everyMinutes(1), isOften: true }
  if (!isNumber(minute, 59)) return null
  if (hour === '*') return { text: texts.everyHour(Number(minute)), isOften: true }
  const hours = every.exec(hour)?.[1]
  if (hours && 24 % Number(hours) === 0) {
    return { text: texts.everyHours(Number(hours), Number(minute)), isOften: true }
  }
  const at = hour.split(',')
  if (!at.every((one) => isNumber(one, 23))) return null
  const times = at.map((one) => `${one.padStart(2, '0')}:${minute.padStart(2, '0')}`)
  return { text: texts.at(texts.list(times)), isOften: false }
}

/** Empty: every day. A date and a day of the week together mean either, which nobody expects: not said. */
function dayInWords(date: string, day: string): string | null {
  if (date === '*' && day === '*') return ''
  if (day === '*') return isNumber(date, 31) && date !== '0' ? texts.onDate(Number(date)) : null
  if (date !== '*') return null
  const [first, last] = day.split('-').map(nameOfDay)
  if (first && last) return texts.fromTo(first, last)
  const names = day.split(',').map(nameOfDay)
  return names.every((name) => name !== undefined) ? texts.every(texts.list(names)) : null
}

function nameOfDay(field: string): string | undefined {
  if (/^[0-7]$/.test(field)) return days[Number(field) % 7]
  return days[shortDays.indexOf(field)]
}
