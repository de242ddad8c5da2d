import { type Static, Type } from 'typebox'
import { nullable, ref, Timestamp } from '../../http/schemas.ts'

/**
 * An access token lives 15 minutes and is renewed when it has ended; a session that idles out sooner
 * would end under people who are at work.
 */
const sessionMinutesMin = 20
const dayMinutes = 1440

const tokenFields = {
  default_token_lifetime_days: Type.Integer({
    minimum: 1,
    maximum: 365,
    description: 'Of a token that asks for none',
    examples: [30],
  }),
  max_token_lifetime_days: nullable(
    Type.Integer({
      minimum: 1,
      maximum: 3650,
      description: 'Null: none. With one, no new token lives for ever',
      examples: [365],
    }),
  ),
  never_expiring_tokens_allowed: Type.Boolean({
    description: 'Of no effect while there is a maximum',
    examples: [true],
  }),
}

/** A token never touches passwords, sessions or second factors: it changes none of these, whatever it stores. */
const signInFields = {
  password_min_length: Type.Integer({ minimum: 8, maximum: 64, examples: [12] }),
  session_idle_minutes: Type.Integer({
    minimum: sessionMinutesMin,
    maximum: 30 * dayMinutes,
    description: 'How long a session lives without a refresh; counted from its next one',
    examples: [1440],
  }),
  session_lifetime_minutes: Type.Integer({
    minimum: sessionMinutesMin,
    maximum: 90 * dayMinutes,
    description:
      'How long a session lives at most; a shorter one also holds for sessions that are there, from their next refresh',
    examples: [10_080],
  }),
  second_factor: Type.Enum(['off', 'optional', 'required'], {
    description:
      'off: none is asked for or enrolled; optional: who has one is asked for it; required: who has none can do nothing but enrol one',
    examples: ['optional'],
  }),
  step_up_minutes: Type.Integer({
    minimum: 0,
    maximum: dayMinutes,
    description:
      'How long after a person was shown to be who they say they may make tokens, give grants and the like; 0: as long as they are signed in',
    examples: [15],
  }),
}

export const settingsFields = { ...tokenFields, ...signInFields }
export const signInSettings = Object.keys(signInFields)

/** What is only shown: `npm run admin -- epoch` sets it. */
const shownFields = {
  credentials_valid_from: nullable({
    ...Timestamp,
    description:
      'No session, token or link that was made then or before is in force; null: all are',
  }),
}

export const Settings = Type.Object({ ...settingsFields, ...shownFields }, { $id: 'Settings' })
export type Settings = Static<typeof Settings>

const AffectedTokens = Type.Object(
  {
    exceeding_max_lifetime: Type.Integer({ examples: [4] }),
    never_expiring: Type.Integer({ examples: [1] }),
  },
  { description: 'Live tokens that could not be made under these settings. They stay as they are' },
)

export const ChangedSettings = Type.Object(
  { ...settingsFields, ...shownFields, affected_tokens: AffectedTokens },
  { $id: 'ChangedSettings' },
)

export const SettingsRef = ref(Settings)
export const ChangedSettingsRef = ref(ChangedSettings)
