import { v5 as uuidv5 } from 'uuid'

/** Of this project's Postman files; a name below it always has the same id, so that an import replaces. */
const namespace = '5b1f8a0e-6c0d-4f53-9a57-0c6f4f1d2b90'

export function postmanId(name: string): string {
  return uuidv5(name, namespace)
}
