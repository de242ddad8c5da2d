import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { isUuid } from '../../access/scope.ts'
import { isDatabaseFault } from '../../db/faults.ts'
import { AppError, invalidField } from '../../http/errors.ts'
import { illFormedField } from '../../http/well-formed.ts'
import { type StoredFile, storeFile } from './store-file.ts'
import { requireGroup, type Uploadable } from './uploadable.ts'

export type UploadedFile = StoredFile & {
  id: string
  file_group_id: string
  name: string
  isPacked: boolean
}

type Reading = {
  pool: pg.Pool
  maxBytes: number
  /** Finds the application, if the caller may import into it; asked as soon as its id is there. */
  find: (id: string) => Promise<Uploadable>
  /** Told of each file before its first piece is stored. */
  onFile: (id: string) => void
}

const groupsMax = 100

/** Stores the files of a multipart body as they come. */
export async function readUpload(
  request: FastifyRequest,
  { pool, maxBytes, find, onFile }: Reading,
): Promise<{ application_id: string; files: UploadedFile[] }> {
  const files: UploadedFile[] = []
  let application: Uploadable | null = null
  const limits = { fileSize: maxBytes, files: groupsMax, fields: 10, fieldSize: 1000 }
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') application = await readField(part, application, find)
      else {
        if (!application) throw invalidField('application_id', 'must be the first part')
        requireGroup(application, part.fieldname, files)
        const id = uuidv7()
        onFile(id)
        files.push(await storePart(pool, id, part))
        requireRoom(files, maxBytes)
      }
    }
  } catch (error) {
    throw toRefusal(error)
  }
  if (!application) throw invalidField('application_id', 'is required')
  return { application_id: application.id, files }
}

function requireRoom(files: readonly UploadedFile[], maxBytes: number): void {
  const bytes = files.reduce((sum, { size }) => sum + size, 0n)
  if (bytes > maxBytes) throw tooLarge(maxBytes)
}

export const tooLarge = (maxBytes: number) =>
  new AppError('payload_too_large', `The files are larger than ${maxBytes} bytes`)

async function readField(
  { fieldname, value }: MultipartValue,
  known: Uploadable | null,
  find: Reading['find'],
): Promise<Uploadable> {
  if (illFormedField(fieldname) !== null || fieldname !== 'application_id') {
    throw invalidField(fieldname.slice(0, 100).toWellFormed(), 'is not a known field')
  }
  if (known) throw invalidField('application_id', 'must be sent once')
  if (typeof value !== 'string' || !isUuid(value)) {
    throw invalidField('application_id', 'must be an id')
  }
  return find(value)
}

const nameMax = 255
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu

async function storePart(
  pool: pg.Pool,
  id: string,
  { fieldname, filename, file }: MultipartFile,
): Promise<UploadedFile> {
  let isPacked: boolean | null = null
  const watched = async function* () {
    for await (const bytes of file as AsyncIterable<Buffer>) {
      isPacked ??= bytes[0] === 0x1f && bytes[1] === 0x8b
      yield bytes
    }
  }
  const stored = await storeFile(pool, id, watched())
  if (stored.size === 0n) throw invalidField(fieldname, 'is an empty file')
  // Shown to people, and opened by nobody: what a name must not hold is left out.
  const name = (filename ?? '').replaceAll(unprintable, '').slice(0, nameMax).toWellFormed()
  return {
    ...stored,
    id,
    file_group_id: fieldname,
    name: name || 'file',
    isPacked: isPacked === true,
  }
}

/** What the parser throws has no form of ours; a body that breaks off, too, is the client's. */
function toRefusal(error: unknown): unknown {
  if (error instanceof AppError || isDatabaseFault(error)) return error
  if ((error as { statusCode?: number }).statusCode === 413) {
    return new AppError('payload_too_large', 'The body is too large', { cause: error })
  }
  return new AppError('validation_error', 'The body is not well-formed multipart/form-data', {
    reason: 'form',
    cause: error,
  })
}
