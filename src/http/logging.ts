import type { FastifyRequest, FastifyServerOptions } from 'fastify'
import { ipOf } from './ip.ts'

const tokens = /\b[a-z][a-z0-9]{1,15}_(?:pat|sys)_[0-9A-Za-z]{20,}|\beyJ[\w-]+\.[\w-]+\.[\w-]*/g

const withoutTokens = (text: string) => text.replace(tokens, '[token]')

/** What of a request and an error goes into the log. Never a query string, a header, a body or a secret. */
export const serializers = {
  req: (request: FastifyRequest) => ({
    method: request.method,
    path: withoutTokens(request.url.split('?')[0] ?? ''),
    ip: ipOf(request),
  }),
  res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
  err: (error: Error & { code?: string; reason?: string }) => ({
    type: error.name,
    code: error.code,
    reason: error.reason && withoutTokens(error.reason),
    // Prisma puts the arguments of a call into the message of its validation errors.
    message: error.name === 'PrismaClientValidationError' ? '' : withoutTokens(error.message ?? ''),
    stack: error.name === 'PrismaClientValidationError' ? '' : withoutTokens(error.stack ?? ''),
  }),
}

type ChildLoggerFactory = NonNullable<FastifyServerOptions['childLoggerFactory']>

const named = Symbol('named in each line')
type Naming = { [named]?: { correlation_id?: string; credential_id?: string } }

/**
 * The logger of one request. What it names is put into a line as that is written: bound to the logger, as
 * pino would, it is serialized and searched for secrets for each request, lines or not.
 */
export const childLoggerFactory: ChildLoggerFactory = (logger, bindings, options) => {
  const hasOptions = options.level !== undefined || options.serializers !== undefined
  const child = logger.child({}, hasOptions ? options : undefined)
  return Object.assign(child, { [named]: bindings })
}

/** Names the credential in each line that this request's logger writes from now on. */
export function nameCredential(log: object, credential_id: string): void {
  const naming: Naming = log
  naming[named] = { ...naming[named], credential_id }
}

/** pino's `mixin`: what each line holds beside what it was told. */
export function mixin(_line: object, _level: number, log: object): object {
  const naming: Naming = log
  return { ...naming[named] }
}

export const redact = {
  paths: ['password', '*.password', 'token', '*.token', 'authorization', '*.authorization'],
  censor: '[redacted]',
}
