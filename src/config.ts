import { isIP } from 'node:net'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { type Static, Type } from 'typebox'

/** Every setting of a deployment, as environment variables. The README's table says what each does. */
const Environment = Type.Object({
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65535 }),
  PUBLIC_URL: Type.Optional(Type.String({ format: 'uri', pattern: '^https?://[^/]+$' })),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
  }),
  DATA_DIR: Type.String({ default: './.data' }),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  DATABASE_POOL_SIZE: Type.Integer({ default: 10, minimum: 2, maximum: 100 }),
  TOKEN_PREFIX: Type.String({
    default: 'postern',
    pattern: '^[a-z][a-z0-9]{1,15}$',
  }),
  TRUST_PROXY: Type.Optional(Type.String({ format: 'networks' })),
  METRICS_TOKEN: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]{32,}$' })),
  BCRYPT_COST: Type.Integer({ default: 12, minimum: 10, maximum: 15 }),
  RATE_LIMIT_PER_MINUTE: Type.Integer({ default: 1200, minimum: 0, maximum: 1_000_000 }),
  SIGN_IN_LIMIT_PER_MINUTE: Type.Integer({ default: 30, minimum: 0, maximum: 1_000_000 }),
  WRONG_PASSWORDS_BEFORE_WAIT: Type.Integer({ default: 10, minimum: 0, maximum: 100 }),
  FAILED_AUTHENTICATION_LIMIT_PER_MINUTE: Type.Integer({
    default: 60,
    minimum: 0,
    maximum: 1_000_000,
  }),
  WORKER: Type.Enum(['on', 'off'], { default: 'on' }),
  IMPORT_MAX_BYTES: Type.Integer({ default: 2 ** 30, minimum: 1024, maximum: 2 ** 40 }),
  ALLOW_HTTP_SOURCES: Type.Enum(['on', 'off'], { default: 'off' }),
  SOURCE_ALLOWED_NETWORKS: Type.Optional(Type.String({ format: 'networks' })),
  GEOIP_DATABASE: Type.Optional(Type.String()),
  SMTP_URL: Type.Optional(Type.String({ format: 'uri', pattern: '^smtps?://[^/]+' })),
  MAIL_FROM: Type.Optional(Type.String({ format: 'sender' })),
  SESSION_SECRET: Type.Optional(Type.String({ minLength: 32 })),
  BOOTSTRAP_ADMIN_EMAIL: Type.Optional(Type.String({ format: 'email' })),
  BOOTSTRAP_ADMIN_PASSWORD: Type.Optional(Type.String()),
})

export type Config = Readonly<Static<typeof Environment>>

const ajv = addFormats.default(
  new Ajv({
    coerceTypes: true,
    useDefaults: true,
    removeAdditional: 'all',
    allErrors: true,
  }),
)
ajv.addFormat('networks', (text) => text.split(/[, ]+/).every(isNetwork))
ajv.addFormat('sender', isSender)
const validate = ajv.compile(Environment)

/** `postern@example.com`, or `Postern <postern@example.com>`. */
function isSender(text: string): boolean {
  const address = /^[^<>\p{Cc}]*<([^<>]*)>$/u.exec(text)?.[1] ?? text
  return /^[^\s<>@,;:"]+@[^\s<>@,;:"]+$/.test(address)
}

/** An address, or `address/length`. */
function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/')
  const bits = isIP(address) === 4 ? 32 : 128
  const isLength = length === undefined || (/^\d+$/.test(length) && Number(length) <= bits)
  return isIP(address) !== 0 && isLength && rest.length === 0
}

/** Reads the settings, or throws an error that names each variable that is wrong. An empty one is unset. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const names = Object.keys(Environment.properties)
  const set = Object.fromEntries(
    names.map((name) => [name, environment[name]] as const).filter(([, value]) => value),
  )
  if (validate(set)) return Object.freeze(consistent(set as unknown as Config))
  const faults = (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath.slice(1)} ${message}`,
  )
  throw new Error(`The settings are wrong: ${faults.join('; ')}`)
}

function consistent(config: Config): Config {
  if (config.SMTP_URL === undefined || config.MAIL_FROM !== undefined) return config
  throw new Error('The settings are wrong: MAIL_FROM must be set where SMTP_URL is')
}
