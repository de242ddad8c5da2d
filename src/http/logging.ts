import type { FastifyRequest } from 'fastify'
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
  err: (error: Error & { code?: string }) => ({
    type: error.name,
    code: error.code,
    // Prisma puts the arguments of a call into the message of its validation errors.
    message: error.name === 'PrismaClientValidationError' ? '' : withoutTokens(error.message ?? ''),
    stack: error.name === 'PrismaClientValidationError' ? '' : withoutTokens(error.stack ?? ''),
  }),
}

const credentialOf = Symbol('credential_id')
type Naming = { [credentialOf]?: string }

/**
 * Names the credential in each line that this logger writes from now on. It is put there as a line is
 * written: bound to the logger, as pino would, it costs each request more than the decision does, lines or not.
 */
export function nameCredential(log: object, credential_id: string): void {
  const naming: Naming = log
  naming[credentialOf] = credential_id
}

/** pino's `mixin`: what each line holds beside what it was told. */
export function mixin(_line: object, _level: number, log: object): object {
  const { [credentialOf]: credential_id }: Naming = log
  return credential_id === undefined ? {} : { credential_id }
}

export const redact = {
  paths: ['password', '*.password', 'token', '*.token', 'authorization', '*.authorization'],
  censor: '[redacted]',
}
