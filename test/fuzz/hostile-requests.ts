import { parse } from 'node:querystring'
import fc from 'fast-check'
import type { DocumentedOperation } from '../support/api-document.ts'
import { hostileBodies } from './hostile-bodies.ts'
import { rawBodies } from './hostile-values.ts'
import {
  hostileAuthorizations,
  hostileHeaders,
  hostileQueries,
  hostileQueryValues,
  hostileSegments,
  oddMethods,
  wrongTypes,
} from './hostile-wire.ts'
import type { FuzzRequest } from './request.ts'
import { inJson, type Making, pathParameters, validRequests } from './valid-requests.ts'
import { parametersIn } from './validators.ts'

/** Requests to one operation that are wrong, or look it, in one part each. */
export function hostileRequests(
  one: DocumentedOperation,
  making: Making,
): fc.Arbitrary<FuzzRequest> {
  const valid = validRequests(one, making)
  const with_ = <T>(
    parts: fc.Arbitrary<T>,
    change: (request: FuzzRequest, part: T) => FuzzRequest,
  ) => fc.tuple(valid, parts).map(([request, part]) => change(request, part))
  const { content = {} } = one.operation.requestBody ?? {}
  const takesBody = content['application/json'] !== undefined
  const undocumented = wrongTypes.filter((headers) => !content[String(headers['content-type'])])
  const hasParameters = pathParameters(one).length > 0
  const kinds = [
    ...(takesBody ? [{ weight: 12, arbitrary: with_(hostileBodies(one, making), merge) }] : []),
    ...(takesBody
      ? [{ weight: 1, arbitrary: with_(fc.constantFrom(...undocumented), mistyped) }]
      : [{ weight: 3, arbitrary: with_(fc.constantFrom(...rawBodies), unasked) }]),
    ...(hasParameters ? [{ weight: 3, arbitrary: hostilePaths(one, making, valid) }] : []),
    {
      weight: 4,
      arbitrary: with_(hostileQueryOf(one), (request, part) => ask(one, making, request, part)),
    },
    { weight: 3, arbitrary: with_(fc.constantFrom(...hostileHeaders), headed) },
    { weight: 1, arbitrary: with_(fc.constantFrom(...hostileAuthorizations), authorized) },
    { weight: 1, arbitrary: with_(fc.constantFrom(...oddMethods), called) },
    { weight: 1, arbitrary: with_(fc.constantFrom(...oddTargets), (request, odd) => odd(request)) },
  ]
  return fc.oneof(...kinds).map((request) => ({
    ...request,
    refuse: request.refuse || isRefusedAnyway(one, request),
  }))
}

/** Whatever it sends: without a credential, or with a token where only a session will do. */
function isRefusedAnyway(
  { operation }: DocumentedOperation,
  { caller, what }: FuzzRequest,
): boolean {
  const isOpen = operation.security?.every((way) => Object.keys(way).length > 0) === false
  if (operation.security?.length === 0 || isOpen) return false
  const isBare = caller === 'nobody' || what === 'authorization'
  return isBare || (caller === 'token' && operation['x-session-only'] === true)
}

const merge = (request: FuzzRequest, part: Partial<FuzzRequest>): FuzzRequest => ({
  ...request,
  ...part,
})

const mistyped = (request: FuzzRequest, headers: FuzzRequest['headers']) =>
  merge(request, { what: 'content type', headers, refuse: true })

/** A body where none is asked for, announced as JSON. */
const unasked = (request: FuzzRequest, body: string | Buffer) =>
  merge(request, { what: 'unasked body', headers: inJson, body })

const headed = (request: FuzzRequest, headers: FuzzRequest['headers']) =>
  merge(request, { what: 'header', headers: { ...request.headers, ...headers } })

const authorized = (request: FuzzRequest, headers: FuzzRequest['headers']) =>
  merge(request, { what: 'authorization', headers: { ...request.headers, ...headers } })

/** Gateways ask `/authorize` with the method that they hold back. */
const called = (request: FuzzRequest, method: string) =>
  merge(request, { what: 'method', method, refuse: !request.target.includes('/authorize') })

const oddTargets: ((request: FuzzRequest) => FuzzRequest)[] = [
  (target: string) => `/${target}`,
  (target: string) => target.replace(/(?=\?|$)/, '/'),
  (target: string) => target.replace('/api/v1', '/API/v1'),
  (target: string) => target.replace('/v1/', '/v1//'),
  (target: string) => target.replace('/v1/', '/v1/./'),
  (target: string) => target.replace('/v1/', '/v1/../v1/'),
  (target: string) => target.replace('/v1/', '%2fv1/'),
  (target: string) => target.replace(/(?=\?|$)/, ';x=1'),
  (target: string) => `http://evil.example${target}`,
].map((change) => (request) => merge(request, { what: 'target', target: change(request.target) }))

function hostilePaths(one: DocumentedOperation, making: Making, valid: fc.Arbitrary<FuzzRequest>) {
  const parameters = pathParameters(one)
  const steps = one.path.split('/')
  return fc
    .tuple(valid, fc.constantFrom(...parameters), fc.constantFrom(...hostileSegments))
    .map(([request, { name }, segment]) => {
      const target = request.target.split('?')[0]?.split('/') ?? []
      target[steps.indexOf(`{${name}}`)] = segment
      const isValid = making.validators.parameter(one, name)
      const refuse = isValid(decoded(segment)) !== true
      return merge(request, { what: `hostile ${name}`, target: target.join('/'), refuse })
    })
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}

function hostileQueryOf(one: DocumentedOperation): fc.Arbitrary<string> {
  const names = parametersIn(one, 'query').map(({ name }) => name)
  const whole = fc.constantFrom(...hostileQueries)
  if (names.length === 0) return whole
  const value = fc.constantFrom(...hostileQueryValues)
  const known = fc.tuple(fc.constantFrom(...names), value).map((pair) => `?${pair.join('=')}`)
  return fc.oneof({ weight: 3, arbitrary: known }, whole)
}

/** A provider of identities sends people back with whatever it likes to say. */
const takingAnyQuery = ['finishSso']

/** Servers disagree on where a query ends; what we say of these is the same as of none. */
const ambiguous = /[#;]/

function ask(one: DocumentedOperation, making: Making, request: FuzzRequest, query: string) {
  const isValid = making.validators.query(one)
  const values = parse(query.slice(1))
  const takesAny = takingAnyQuery.includes(one.operation.operationId ?? '')
  const isWrong = !takesAny && (query.includes('%00') || isValid(values) !== true)
  return merge(request, {
    what: 'query',
    target: request.target.replace(/\?.*$/, '') + query,
    refuse: isWrong && !ambiguous.test(query),
  })
}
