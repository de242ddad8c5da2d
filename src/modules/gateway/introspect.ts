import formbody from '@fastify/formbody'
import { decodeJwt } from 'jose'
import { type Static, Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { ifNotInForce } from '../../access/authority-reader.ts'
import { credentialOf } from '../../access/credential.ts'
import { onPlatform } from '../../access/declaration.ts'
import { effectiveEntries } from '../../access/effective.ts'
import type { Permission } from '../../access/permissions.ts'
import { mustEnrol } from '../../access/sign-in.ts'
import { subjectOf } from '../../access/subject.ts'
import { EffectiveEntries, Id } from '../../http/schemas.ts'
import type { Operation, Tools } from '../../operation.ts'

const Body = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 4096, examples: ['postern_pat_…'] }),
    token_type_hint: Type.Optional(Type.String({ maxLength: 100, examples: ['access_token'] })),
  },
  { additionalProperties: false },
)

const seconds = Type.Integer({ examples: [1_795_000_000] })

const Answer = Type.Object({
  active: Type.Boolean({ examples: [true] }),
  scope: Type.Optional(
    Type.String({
      description: 'Every permission that is effectively held anywhere, by spaces; see authority',
      examples: ['tenants.read users.read'],
    }),
  ),
  token_type: Type.Optional(Type.Literal('Bearer')),
  kind: Type.Optional(Type.Enum(['session', 'personal_access_token'])),
  iss: Type.Optional(Type.String({ examples: ['https://postern.example'] })),
  sub: Type.Optional(Id),
  username: Type.Optional(Type.String({ examples: ['ada@example.com'] })),
  jti: Type.Optional(Id),
  exp: Type.Optional(seconds),
  authority: Type.Optional(EffectiveEntries),
})

/**
 * RFC 7662: what a token that another service was given amounts to at this moment. Of one that is not in
 * force it tells nothing but that (§2.2).
 */
export const introspect: Operation = (app, tools) => {
  app.register(async (scope: typeof app) => {
    // §2.1: the token comes as a form, and so in no URL and no log.
    await scope.register(formbody)
    scope.post(
      '/introspect',
      {
        config: { access: onPlatform('tokens.introspect'), isUnlimited: true },
        schema: {
          operationId: 'introspect',
          summary: 'Ask what a token amounts to now',
          tags: ['gateway'],
          consumes: ['application/x-www-form-urlencoded', 'application/json'],
          body: Body,
          response: { 200: Answer },
        },
      },
      async ({ body }, reply) => {
        reply.header('cache-control', 'no-store')
        const authority = await authorityOf(body.token, tools)
        // Of a session that may do nothing yet but enrol a second factor, others are to know nothing.
        if (authority === null || mustEnrol(authority)) return { active: false }
        if (authority.credential.kind === 'personal_access_token') {
          tools.recordTokenUse(authority.credential.id, null)
        }
        const catalogue = await tools.readCatalogue()
        return answerOf(authority, body.token, catalogue, tools.publicUrl)
      },
    )
  })
}

async function authorityOf(
  token: string,
  { tokenPrefix, accessTokens, readAuthority }: Tools,
): Promise<Authority | null> {
  const read = async () =>
    readAuthority(await subjectOf(credentialOf(token, tokenPrefix), accessTokens), null)
  return read().catch(ifNotInForce)
}

function answerOf(
  authority: Authority,
  token: string,
  catalogue: readonly Permission[],
  iss: string,
): Static<typeof Answer> {
  const { owner, credential } = authority
  const entries = effectiveEntries(authority, catalogue)
  const exp =
    credential.kind === 'session'
      ? decodeJwt(token).exp
      : credential.expires_at && Math.floor(credential.expires_at.getTime() / 1000)
  return {
    active: true,
    scope: [...new Set(entries.flatMap(({ permissions }) => permissions))].sort().join(' '),
    token_type: 'Bearer',
    kind: credential.kind,
    iss,
    sub: owner.id,
    username: owner.email ?? owner.name,
    jti: credential.id,
    ...(exp && { exp }),
    authority: entries,
  }
}
