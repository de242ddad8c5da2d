import type { FastifyReply, FastifyRequest } from 'fastify'
import { changing } from '../../access/changing.ts'
import { isDatabaseFault } from '../../db/faults.ts'
import { allowUpload, discardRest } from '../../http/body-time.ts'
import { unavailable } from '../../http/errors.ts'
import { once } from '../../idempotency/once.ts'
import { rememberBody } from '../../idempotency/request-key.ts'
import type { Tools } from '../../operation.ts'
import { lockApplication } from './lock-import.ts'
import { newImport } from './new-import.ts'
import { readUpload, type UploadedFile } from './read-upload.ts'
import { removeFiles } from './store-file.ts'
import { requireComplete, requireUploadable } from './uploadable.ts'

/** So many at once in a process: each writes with up to a core, and all with the connections of everybody. */
const atOnceMax = 4
/** Of which one owner has no more than these: the others are not to wait for who is slow. */
const atOncePerOwner = 2

/** Takes the files first, and then makes the import of them if the caller still may: what is refused leaves nothing. */
export function receiveUpload(tools: Tools) {
  const owners: string[] = []
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const owner = request.authority.owner.id
    const own = owners.filter((id) => id === owner).length
    if (owners.length >= atOnceMax || own >= atOncePerOwner) {
      discardRest(request.raw)
      throw unavailable('too many uploads at once')
    }
    owners.push(owner)
    const upload: Upload = { stored: [], isBeingMade: false }
    let isLeft = false
    try {
      allowUpload(request.raw)
      const created = await receive(tools, request, upload)
      isLeft = request.idempotency?.isReplay === true
      reply.code(201)
      return created
    } catch (error) {
      // After a fault of the database nobody knows whether the import was made: that is for prune.ts to see.
      isLeft = !upload.isBeingMade || !isDatabaseFault(error)
      throw error
    } finally {
      owners.splice(owners.indexOf(owner), 1)
      discardRest(request.raw)
      if (isLeft) await removeQuietly(tools, request, upload.stored)
    }
  }
}

/** The files so far, and whether their import may exist already. */
type Upload = { stored: string[]; isBeingMade: boolean }

async function receive(
  { pool, prisma, jobs, importMaxBytes }: Tools,
  request: FastifyRequest,
  upload: Upload,
) {
  const { application_id, files } = await readUpload(request, {
    pool,
    maxBytes: importMaxBytes,
    find: async (id) => {
      const application = await lockApplication(prisma, request, id)
      requireUploadable(application)
      return application
    },
    onFile: (id) => upload.stored.push(id),
  })
  await rememberBody(request, { application_id, files: files.map(fingerprintOf) })
  upload.isBeingMade = true
  return changing(prisma, request, {}, async (tx) => {
    const application = await lockApplication(tx, request, application_id)
    return once(tx, request, async () => {
      requireComplete(application, files)
      return newImport(tx, request, jobs, {
        application,
        type: request.authority.credential.kind === 'session' ? 'manual' : 'api',
        rows_total: rowsOf(files),
        files: files.map(({ id, file_group_id, name, size }) => ({
          id,
          file_group_id,
          name,
          size,
        })),
      })
    })
  })
}

const fingerprintOf = ({ file_group_id, name, sha256 }: UploadedFile) => ({
  file_group_id,
  name,
  sha256,
})

/** As far as it can be told without reading them: of each file one line is the header, and a packed one tells nothing. */
function rowsOf(files: readonly UploadedFile[]): number | null {
  if (files.some(({ isPacked }) => isPacked)) return null
  return files.reduce((rows, { newlines }) => rows + Math.max(newlines - 1, 0), 0)
}

/** What can't be removed now, for want of a database, is found later (prune.ts). */
async function removeQuietly({ pool }: Tools, { log }: FastifyRequest, ids: string[]) {
  await removeFiles(pool, ids).catch((err) => log.warn({ err }, 'pieces of an upload are left'))
}
