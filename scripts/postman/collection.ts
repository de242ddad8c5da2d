import {
  type Collection,
  convert,
  type Folder,
  type Item,
  type OpenApiDocument,
} from './convert.ts'
import { baseUrl } from './environment.ts'
import { postmanId } from './ids.ts'

/** The collection of an OpenAPI document: a folder for each tag, a request for each operation. */
export async function collectionOf(document: OpenApiDocument): Promise<Collection> {
  const { info, item: folders } = await convert(document)
  const items = folders.map((folder) => ({
    ...folder,
    id: postmanId(`folder ${folder.name}`),
    item: folder.item.map((one) => arranged(one, document)),
  }))
  return {
    info: { ...info, _postman_id: postmanId('collection') },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    variable: [{ key: 'base_url', value: baseUrl, type: 'string' }],
    event: [],
    item: withFirst(items, 'me', describeCurrentUser),
  }
}

/** The request with which one finds out whether address and token are right. */
const describeCurrentUser = 'Describe Current User'
const names: Record<string, string> = { getMe: describeCurrentUser }

const checkCurrentUser = {
  listen: 'test',
  script: {
    type: 'text/javascript',
    exec: [
      "pm.test('The token is in force', () => pm.response.to.have.status(200))",
      "pm.test('It has an owner', () => pm.expect(pm.response.json().id).to.be.a('string'))",
    ],
  },
}

function arranged({ request, response, ...item }: Item, document: OpenApiDocument): Item {
  const path = `/${request.url.path.join('/').replaceAll(/:(\w+)/g, '{$1}')}`
  const operation = document.paths[path]?.[request.method.toLowerCase()]
  if (!operation) throw new Error(`${request.method} ${path} is not in the document`)
  const { operationId, security } = operation
  const name = names[operationId] ?? item.name
  const { auth: _, ...rest } = addressed(request)
  return {
    ...item,
    id: postmanId(operationId),
    name,
    request: { ...rest, ...(security.length === 0 && { auth: { type: 'noauth' } }) },
    // Error answers have one shape everywhere, which the description tells: they would be nine tenths of the file.
    response: response
      .filter(({ code }) => code < 300)
      .map((one) => ({
        ...one,
        id: postmanId(`${operationId} ${one.code}`),
        originalRequest: addressed(one.originalRequest),
      })),
    ...(operationId === 'getMe' && { event: [checkCurrentUser] }),
  }
}

/** The server of the document is `/`, wherever it runs; here that has to be a variable. */
function addressed({ body, url, ...request }: Item['request']): Item['request'] {
  const hasBody = body !== undefined && Object.keys(body).length > 0
  const host = '{{base_url}}'
  const query = url.query.filter(({ disabled }) => !disabled)
  const asked = query.map(({ key, value }) => `${key}=${value}`).join('&')
  const raw = `${host}/${url.path.join('/')}${asked && `?${asked}`}`
  return { ...request, url: { ...url, raw, host: [host] }, ...(hasBody && { body }) }
}

function withFirst(folders: Folder[], folderName: string, name: string): Folder[] {
  const isFirst = (folder: Folder) => folder.name === folderName
  return [...folders]
    .sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)))
    .map((folder) => ({
      ...folder,
      item: [...folder.item].sort((a, b) => Number(b.name === name) - Number(a.name === name)),
    }))
}
