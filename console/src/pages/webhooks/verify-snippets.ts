/** Both are run by the tests, as they stand here, on what was really sent. */
export const byLibrary = `import { Webhook } from 'standardwebhooks'

// Throws unless it is from here, unchanged, and of the last five minutes.
export const verify = (secret, headers, body) => new Webhook(secret).verify(body, headers)
`

export const byHand = `import { createHmac, timingSafeEqual } from 'node:crypto'

export function verify(secret, headers, body) {
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error('too old')
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = \`\${id}.\${timestamp}.\${body}\`
  const expected = createHmac('sha256', key).update(signed).digest()
  const isOurs = headers['webhook-signature'].split(' ').some((one) => {
    const [version, signature] = one.split(',')
    const given = Buffer.from(signature ?? '', 'base64')
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
  if (!isOurs) throw new Error('not from here')
  return JSON.parse(body)
}
`
