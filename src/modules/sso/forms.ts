import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { UserName } from '../../accounts/resource.ts'
import { Email } from '../../http/schemas.ts'

/** What a provider says has the form of what people type here, or is not used. */
const ajv = addFormats.default(new Ajv({ strict: false }))
export const isEmail = ajv.compile<string>(Email)
export const isName = ajv.compile<string>(UserName)
