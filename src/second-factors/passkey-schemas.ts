import { Type } from 'typebox'

/** Base64url, as browsers write what authenticators give (WebAuthn §5.1: `toJSON`). */
const Base64Url = (maxLength: number, example: string) =>
  Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength, examples: [example] })

const clientDataJSON = Base64Url(4096, 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0')
const authenticatorData = Base64Url(4096, 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MdAAAAAA')

const common = {
  id: Base64Url(1400, '3q2-7w'),
  rawId: Base64Url(1400, '3q2-7w'),
  type: Type.Literal('public-key'),
  authenticatorAttachment: Type.Optional(Type.Enum(['platform', 'cross-platform'])),
  clientExtensionResults: Type.Object({}, { description: 'None is asked for, and none is read' }),
}

/** What `navigator.credentials.create()` gives, as JSON. */
export const RegistrationResponse = Type.Object({
  ...common,
  response: Type.Object({
    clientDataJSON,
    attestationObject: Base64Url(65_536, 'o2NmbXRkbm9uZQ'),
    transports: Type.Optional(
      Type.Array(Type.String({ maxLength: 32, pattern: '^[a-z-]+$', examples: ['internal'] }), {
        maxItems: 10,
      }),
    ),
  }),
})

/** What `navigator.credentials.get()` gives, as JSON. */
export const AuthenticationResponse = Type.Object({
  ...common,
  response: Type.Object({
    clientDataJSON,
    authenticatorData,
    signature: Base64Url(8192, 'MEUCIQ'),
    userHandle: Type.Optional(Base64Url(100, 'AZNLsm0-fFGfCi9N4ad8EQ')),
  }),
})

/** To be given to `navigator.credentials`; its form is that of WebAuthn, not ours. */
export const PasskeyOptions = Type.Unsafe<object>(
  Type.Object(
    { challenge: Type.String({ examples: ['dGhlIGNoYWxsZW5nZQ'] }) },
    {
      additionalProperties: true,
      description: 'Options for navigator.credentials, as JSON (WebAuthn §5.1)',
    },
  ),
)
