import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { changing } from '../../access/changing.ts'
import { onPlatformInSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { placeOfClientSecret } from '../../sso/client-secret.ts'
import { providerTaken } from './provider-taken.ts'
import { requireIssuer } from './require-issuer.ts'
import { givesAnything, requireDomains, requireJitHeld } from './require-jit-held.ts'
import {
  AllowedDomains,
  ClientId,
  ClientSecret,
  IdentityProviderRef,
  Issuer,
  JustInTime,
  ProviderName,
  providerOf,
  toldOf,
  withGrants,
} from './resource.ts'

const Body = Type.Object(
  {
    name: ProviderName,
    issuer: Issuer,
    client_id: ClientId,
    client_secret: Type.Optional(ClientSecret),
    allowed_domains: Type.Optional(AllowedDomains),
    jit: Type.Optional(JustInTime),
    is_enabled: Type.Optional(Type.Boolean({ default: true })),
  },
  {
    additionalProperties: false,
    examples: [{ name: 'Contoso', issuer: 'https://login.example.com', client_id: 'postern' }],
  },
)

const noJit = { enabled: false, tenants: [], grants: [] }

/** A provider of OpenID Connect by which people may sign in. It is asked for nothing until somebody does. */
export const createIdentityProvider: Operation = (app, tools) => {
  const { prisma, sourceRules, sealing, publicUrl } = tools
  app.post(
    '/identity-providers',
    {
      config: { access: onPlatformInSession('settings.write'), stepUp: true },
      schema: {
        operationId: 'createIdentityProvider',
        summary: 'Add an identity provider',
        description:
          'OpenID Connect, with the authorization code flow and PKCE. There is no SAML: put a provider that speaks both in between.',
        tags: ['identity-providers'],
        body: Body,
        response: { 201: IdentityProviderRef, ...errorAnswers(409, 422) },
      },
    },
    async (request, reply) => {
      const { body } = request
      const { client_secret = null, allowed_domains = [], jit = noJit, is_enabled = true } = body
      requireIssuer(body.issuer, sourceRules)
      requireDomains(jit, allowed_domains)
      const id = uuidv7()
      const sealed =
        client_secret === null ? null : sealing.seal(placeOfClientSecret(id), client_secret)
      const created = await changing(prisma, request, {}, async (tx) => {
        if (givesAnything(jit)) await requireJitHeld(tx, request.authority, jit)
        return once(tx, request, async () => {
          const row = await tx.identityProvider.create({
            data: {
              id,
              name: body.name,
              issuer: body.issuer,
              client_id: body.client_id,
              client_secret: sealed,
              allowed_domains,
              is_enabled,
              jit_enabled: jit.enabled,
              jit_tenants: jit.tenants,
              jit_grants: { create: jit.grants },
            },
            include: withGrants,
          })
          await recordEvent(tx, request, {
            action: 'identity_provider.created',
            target_type: 'identity_provider',
            target_id: row.id,
            after: { ...toldOf(row), has_client_secret: sealed !== null },
          })
          return providerOf(row, publicUrl)
        })
      }).catch(providerTaken)
      return reply.code(201).send(created)
    },
  )
}
