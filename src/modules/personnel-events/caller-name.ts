import type { FastifyRequest } from 'fastify'

/** As it is told to people: the token's name, or in a session the person's. */
export function callerName({ authority: { owner, credential } }: FastifyRequest): string {
  return credential.name ?? owner.name
}
