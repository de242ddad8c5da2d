import { createVerifier } from 'fast-jwt'
import { answerAfter, tokenOf } from './answer.ts'

/** A signature, and nothing that can be revoked. */
const verify = createVerifier({
  key: process.env['SECRET'] ?? '',
  algorithms: ['HS256'],
  cache: false,
})
await answerAfter((authorization) => verify(tokenOf(authorization)))
