import { postmanId } from './ids.ts'

/** Where `npm start` listens; changed by whoever imports it. */
export const baseUrl = 'http://127.0.0.1:3000'

/** Address and token, which are nobody's but the importer's. */
export const environment = {
  id: postmanId('environment'),
  name: 'Postern',
  values: [
    { key: 'base_url', value: baseUrl, type: 'default', enabled: true },
    { key: 'token', value: '', type: 'secret', enabled: true },
  ],
  _postman_variable_scope: 'environment',
}
