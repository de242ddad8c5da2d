import multipart from '@fastify/multipart'
import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { uuidPattern } from '../../access/scope.ts'
import { AppError } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { unlessBody } from '../../http/schema-compilers.ts'
import { Id } from '../../http/schemas.ts'
import type { App, Operation } from '../../operation.ts'
import { tooLarge } from './read-upload.ts'
import { receiveUpload } from './receive-upload.ts'
import { ApplicationImportRef } from './resource.ts'

/** Documented here and looked at part by part as it comes (read-upload.ts). */
const Body = Type.Object(
  { application_id: Id },
  {
    additionalProperties: false,
    patternProperties: {
      [uuidPattern]: Type.String({
        format: 'binary',
        description:
          'A CSV file, or one packed by gzip; the name of the part is the id of its file group',
      }),
    },
    description: '`application_id` comes first, then one file for each file group',
  },
)

/** A new import of files that come with it. They may be large, and go to the database piece by piece. */
export const uploadApplicationImport: Operation = (app, tools) => {
  app.register(async (scope: App) => {
    await scope.register(multipart)
    scope.post(
      '/application-imports/upload',
      {
        config: { access: withinReach('imports.run') },
        schema: {
          operationId: 'uploadApplicationImport',
          summary: 'Upload the files of an import',
          tags: ['application-imports'],
          consumes: ['multipart/form-data'],
          body: Body,
          response: { 201: ApplicationImportRef, ...errorAnswers(404, 422) },
        },
        validatorCompiler: unlessBody,
        preParsing: async (request, reply) => {
          if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
            throw new AppError('unsupported_media_type', 'Send multipart/form-data')
          }
          if (Number(request.headers['content-length'] ?? 0) > tools.importMaxBytes) {
            reply.header('connection', 'close')
            throw tooLarge(tools.importMaxBytes)
          }
        },
      },
      receiveUpload(tools),
    )
  })
}
