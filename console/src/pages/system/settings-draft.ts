import type { components } from '../../generated/api.d.ts'
import { daysInWords, minutesInWords, settingsTexts as texts } from '../../texts/settings.ts'

export type Settings = components['schemas']['Settings']
/** Those that can be set here. */
export type SettingName = Exclude<keyof Settings, 'credentials_valid_from'>

/** As typed: a number field that was emptied holds an empty text. */
export type Draft = Record<SettingName, number | string | boolean | null>

/** What differs from what holds now. An emptied maximum means none; the server judges anything else. */
export function changedIn(draft: Draft, now: Settings): Partial<Settings> {
  const names = Object.keys(texts.fields) as SettingName[]
  const changed = names.flatMap((name) => {
    const value = draft[name] === '' ? null : draft[name]
    return value === now[name] ? [] : [[name, value] as const]
  })
  return Object.fromEntries(changed)
}

/** A setting as people say it. */
export function inWords(name: SettingName, value: Settings[SettingName]): string {
  if (value === null) return texts.noMaximum
  if (typeof value === 'boolean') return value ? texts.allowed : texts.notAllowed
  if (typeof value === 'string') return texts.policies[value]
  if (name === 'step_up_minutes' && value === 0) return texts.neverAgain
  if (name.endsWith('_days')) return daysInWords(value)
  if (name.endsWith('_minutes')) return minutesInWords(value)
  return `${value} ${texts.characters}`
}
