import swagger from '@fastify/swagger'
import type { FastifyInstance, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { Type } from 'typebox'
import type { Access } from '../access/declaration.ts'
import { isSessionOnly, requiredPermission } from '../access/declaration.ts'
import { addExamples } from './document-examples.ts'
import { ErrorEnvelope } from './envelope.ts'
import { isCreate } from './is-create.ts'
import { addAnswerHeaders, createHeaders, headerComponents } from './openapi-headers.ts'
import { makeDefaultsOptional } from './optional-parameters.ts'
import { type Refusal, refusalsOf, textOfRefusals } from './refusals.ts'

const description = `Identity, tenancy and personal access tokens.

Send a token as \`Authorization: Bearer <token>\`. What it may do is what it stores, intersected with what
its owner holds at that moment. Every error answer has the shape \`Error\`.`

declare module 'fastify' {
  interface FastifyContextConfig {
    errorAnswers?: Record<string, unknown>
  }
}

/** The OpenAPI document, made of the routes' own schemas and access declarations. */
export const openapi = fp(
  async (app: FastifyInstance) => {
    app.addSchema(ErrorEnvelope)
    app.addHook('onRoute', addErrorAnswers)
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Postern', version: '1', description, license },
        servers: [{ url: '/', description: 'This server' }],
        components: { securitySchemes: { token: bearer }, headers: headerComponents },
        tags,
      },
      hideUntagged: true,
      refResolver: {
        buildLocalReference: (json, _base, _fragment, at) =>
          (json['$id'] as string | undefined) ?? `schema-${at}`,
      },
      transform: ({ schema, url, route }) => ({
        schema: describeAccess(schema as object, route),
        url,
      }),
      transformObject: (document) => {
        if (!('openapiObject' in document)) throw new Error('Not an OpenAPI 3 document')
        addAnswerHeaders(document.openapiObject)
        addExamples(document.openapiObject)
        makeDefaultsOptional(document.openapiObject)
        return document.openapiObject
      },
    })
  },
  { name: 'openapi', dependencies: ['guard'] },
)

const tags = [
  { name: 'sign-in', description: 'For people; programs use tokens' },
  { name: 'second-factors', description: 'What people show besides a password, or in its place' },
  { name: 'me', description: 'Who is calling, and what they may do' },
  { name: 'tokens', description: 'Personal access tokens' },
  { name: 'system-tokens', description: 'Tokens of the platform itself, for its administrators' },
  { name: 'token-limits', description: 'More than three tokens, on request' },
  {
    name: 'users',
    description: 'People and service accounts, their tenant scope and their grants',
  },
  { name: 'service-accounts', description: 'Owners of tokens that are no people' },
  { name: 'tenants', description: 'The isolation boundary: a customer’s workspace' },
  { name: 'identities', description: 'The people on a tenant’s books, users or not' },
  { name: 'applications', description: 'Systems whose accounts are imported' },
  { name: 'application-imports', description: 'What brings the accounts of an application' },
  { name: 'roles', description: 'Named sets of permissions' },
  { name: 'permissions', description: 'The catalogue of what can be allowed' },
  { name: 'personnel-events', description: 'Who joins, moves, is away and leaves, with effect' },
  { name: 'identity-providers', description: 'Who may vouch for people: OpenID Connect' },
  { name: 'settings', description: 'The policies of the platform' },
  { name: 'audit', description: 'Who changed what, when' },
  { name: 'webhooks', description: 'Other systems that are told of changes' },
  { name: 'gateway', description: 'For gateways and other services that are given tokens' },
  { name: 'service', description: 'This server: its documents and its health' },
]
const license = { name: 'Apache-2.0', identifier: 'Apache-2.0' }
const bearer = {
  type: 'http',
  scheme: 'bearer',
  description: 'A personal access token, or the access token of a sign-in',
} as const

/** Error answers for use beside a route's own: `errorAnswers(409)`. Those that follow from its shape are added. */
export function errorAnswers(...statuses: number[]) {
  return Object.fromEntries(
    statuses.map((status) => [status, Type.Ref('Error#', { description: texts[status] ?? '' })]),
  )
}

const texts: Record<number, string> = {
  400: 'A field is wrong',
  401: 'No credential, or one that is not in force',
  404: 'There is nothing here, or nothing that the caller may know of',
  409: 'In conflict with what is there',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'A field names something that cannot be used here',
  429: 'Too many requests',
  500: 'Something went wrong on our side',
  503: 'The database is away or busy; try again',
}

/**
 * Error answers are kept beside the schema and only documented: the one renderer writes them, and a
 * serializer for each of them on each route would double the time of a start.
 */
function addErrorAnswers(route: RouteOptions): void {
  const { schema, config } = route
  if (!schema?.tags || !config?.access) return
  const statuses = [500, 503]
  if (!config.isUnlimited) statuses.push(429)
  if (schema.body || schema.querystring) statuses.push(400)
  if (schema.body) statuses.push(413, 415)
  if (schema.params) statuses.push(404)
  if (isCreate(route)) statuses.push(409)
  if (config.access.kind !== 'public') statuses.push(401)
  const own = Object.entries((schema.response ?? {}) as Record<string, unknown>)
  const isError = ([status]: [string, unknown]) => Number(status) >= 400
  // Met a second time for HEAD, when its own are out of the schema already.
  const known = { ...config.errorAnswers, ...Object.fromEntries(own.filter(isError)) }
  config.errorAnswers = {
    ...errorAnswers(...statuses),
    ...refusalAnswer(refusalsOf(config)),
    ...known,
  }
  schema.response = Object.fromEntries(own.filter((entry) => !isError(entry)))
}

function refusalAnswer(codes: Refusal[]) {
  if (codes.length === 0) return {}
  return { 403: Type.Ref('Error#', { description: textOfRefusals(codes) }) }
}

function describeAccess(schema: { response?: object } | undefined, route: RouteOptions) {
  const access = route.config?.access as Access
  const isPublic = access.kind === 'public'
  return {
    ...schema,
    response: { ...route.config?.errorAnswers, ...schema?.response },
    security: isPublic ? [] : access.kind === 'optional' ? [{}, { token: [] }] : [{ token: [] }],
    'x-required-permission': requiredPermission(access),
    ...(access.kind === 'either_reach' && {
      'x-required-permission-over-service-accounts': access.over_accounts,
    }),
    ...(access.kind === 'reach_or_own' && {
      'x-required-permission-over-ones-own': access.over_own,
    }),
    'x-session-only': isSessionOnly(access),
    ...(route.config?.stepUp && { 'x-step-up': true }),
    'x-refusals': refusalsOf(route.config ?? {}),
    ...(isCreate(route) && { headers: createHeaders }),
  }
}
