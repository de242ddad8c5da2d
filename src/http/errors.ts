import type { Leg } from '../access/decide.ts'
import type { StepUpMethod } from '../access/sign-in.ts'
import { type LimitPolicy, limitHeaders } from './limit-headers.ts'

/** Every code of the error envelope, with its status. */
const statuses = {
  validation_error: 400,
  unauthorized: 401,
  forbidden: 403,
  reauthentication_required: 403,
  second_factor_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  token_limit_reached: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  unprocessable_entity: 422,
  rate_limited: 429,
  server_error: 500,
  service_unavailable: 503,
} as const

export type ErrorCode = keyof typeof statuses

export type FieldError = { field: string; message: string }

/** Why a permission was refused; shown for the caller's own credential only. */
export type RefusalDetails = {
  permission: string | null
  tenant_id: string | null
  leg: Leg
}

type Extras = {
  errors?: FieldError[]
  details?: RefusalDetails
  /** By what the caller can be shown to be who they are, where that is what is missing; sent as `details`. */
  methods?: StepUpMethod[]
  headers?: Record<string, string>
  /** For the log only, never sent. */
  reason?: string
  cause?: unknown
}

/** The one error type. Its message, `errors` and `details` are sent; `reason` and `cause` are only logged. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly statusCode: number
  readonly extras: Extras

  constructor(code: ErrorCode, message: string, extras: Extras = {}) {
    const { stackTraceLimit } = Error
    // A refusal is an answer: nobody reads where it was thrown, and to find out costs more than the refusal. What the
    // database did is told by the cause.
    if (code !== 'server_error') Error.stackTraceLimit = 0
    super(message, { cause: extras.cause })
    Error.stackTraceLimit = stackTraceLimit
    this.name = 'AppError'
    this.code = code
    this.statusCode = statuses[code]
    this.extras = extras
  }
}

const realm = 'Bearer realm="postern"'

/**
 * The one answer to every credential that doesn't work, so that nobody learns which tokens exist or
 * existed. RFC 6750 §3.1: a request that carries none gets a bare challenge.
 */
export function unauthorized(reason: string, credential: 'absent' | 'bad' = 'bad'): AppError {
  const challenge = credential === 'absent' ? realm : `${realm}, error="invalid_token"`
  return new AppError('unauthorized', 'Invalid or expired authentication token', {
    reason,
    headers: { 'www-authenticate': challenge },
  })
}

const legMessages: Record<Leg, string> = {
  token_permission: 'This token does not hold the permission',
  owner_permission: 'The permission is not held',
  token_tenant: 'This token does not reach the tenant',
  owner_tenant: 'The tenant is not in the tenant scope',
  tenant_block: 'The tenant has blocked this token',
  tenant_status: 'The tenant is not active',
}

export function forbidden(details: RefusalDetails, errors?: FieldError[]): AppError {
  const scope = details.permission === null ? '' : `, scope="${details.permission}"`
  const named = details.permission === null ? '' : `: ${details.permission}`
  return new AppError('forbidden', legMessages[details.leg] + named, {
    details,
    headers: {
      'www-authenticate': `${realm}, error="insufficient_scope"${scope}`,
    },
    ...(errors && { errors }),
  })
}

/** A 403 that no permission would change. */
export function refused(message: string): AppError {
  return new AppError('forbidden', message, {
    headers: { 'www-authenticate': `${realm}, error="insufficient_scope"` },
  })
}

export const sessionRequired = () => refused('Only an interactive session may do this, not a token')

/** A 403 for who signed in too long ago; the request may be sent again after a step-up. */
export function reauthenticationRequired(methods: StepUpMethod[]): AppError {
  return new AppError('reauthentication_required', 'Show that it is you, and send this again', {
    methods,
  })
}

/** A 403 for a session that may do nothing before it has a second factor: one of `methods`, or a new one. */
export function secondFactorRequired(methods: StepUpMethod[]): AppError {
  const message =
    methods.length === 0 ? 'Enrol a second factor first' : 'Show your second factor first'
  return new AppError('second_factor_required', message, { methods })
}

/** The same for what doesn't exist and for what the caller may not know of. */
export function notFound(): AppError {
  return new AppError('not_found', 'There is nothing here')
}

export function invalidField(field: string, message: string): AppError {
  return new AppError('validation_error', `${field} ${message}`, {
    errors: [{ field, message }],
  })
}

/** For a field whose form is right and which names something that can't be used here. */
export function unprocessable(field: string, message: string): AppError {
  return new AppError('unprocessable_entity', `${field} ${message}`, {
    errors: [{ field, message }],
  })
}

export function conflict(message: string, field?: string): AppError {
  return new AppError('conflict', message, field ? { errors: [{ field, message }] } : {})
}

/** For whom nothing is left of what this policy allows. */
export function rateLimited(
  policy: LimitPolicy,
  retryAfterSeconds: number,
  reason: string,
): AppError {
  return new AppError('rate_limited', 'Too many requests; try again later', {
    reason,
    headers: {
      'retry-after': `${retryAfterSeconds}`,
      ...limitHeaders(policy, 0, retryAfterSeconds),
    },
  })
}

const retryAfterSeconds = 1

export function unavailable(reason: string, cause?: unknown): AppError {
  return new AppError('service_unavailable', 'The service is not available now; try again', {
    reason,
    cause,
    headers: { 'retry-after': `${retryAfterSeconds}` },
  })
}
