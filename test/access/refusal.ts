import { AppError } from '../../src/http/errors.ts'

/** What a check throws, as a client would see it; fails where it throws nothing, or a fault. */
export function refusalOf(check: () => void) {
  try {
    check()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { details, errors } = error.extras
    return { status: error.statusCode, code: error.code, details, errors }
  }
  throw new Error('Nothing was refused')
}
