import type { FastifyReply } from 'fastify'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { errorHandler } from '../../src/http/error-handler.ts'
import { quota } from '../../src/limits/quota.ts'
import { eventually } from '../support/eventually.ts'

/** A server whose only route takes from each quota in turn. */
function appOf(...takes: ((reply: FastifyReply) => Promise<void>)[]) {
  const app = Fastify()
  app.register(errorHandler)
  app.get('/', async (_request, reply) => {
    for (const take of takes) await take(reply)
    return {}
  })
  return async () => (await app.inject('/')) as { statusCode: number; headers: object }
}

describe('a quota', () => {
  it('is whole again when its window is over', async () => {
    const one = quota({ name: 'one', limit: 1, windowSeconds: 1, isTold: true })
    const call = appOf((reply) => one.take('key', reply))

    expect((await call()).statusCode).toBe(200)
    expect(await call()).toMatchObject({ statusCode: 429, headers: { ratelimit: '"one";r=0;t=1' } })
    await eventually(async () => (await call()).statusCode === 200, 5000)
  })

  it('stands beside another in the same fields', async () => {
    const one = quota({ name: 'one', limit: 5, isTold: true })
    const two = quota({ name: 'two', limit: 9, windowSeconds: 10, isTold: true })
    const call = appOf(
      (reply) => one.take('key', reply),
      (reply) => two.take('key', reply),
    )

    expect((await call()).headers).toMatchObject({
      'ratelimit-policy': '"one";q=5;w=60, "two";q=9;w=10',
      ratelimit: '"one";r=4;t=60, "two";r=8;t=10',
    })
  })

  it('stands there, too, when it refuses', async () => {
    const one = quota({ name: 'one', limit: 5, isTold: true })
    const two = quota({ name: 'two', limit: 1, windowSeconds: 10, isTold: false })
    const call = appOf(
      (reply) => one.take('key', reply),
      (reply) => two.take('key', reply),
    )
    await call()

    expect(await call()).toMatchObject({
      statusCode: 429,
      headers: {
        'retry-after': '10',
        'ratelimit-policy': '"one";q=5;w=60, "two";q=1;w=10',
        ratelimit: '"one";r=3;t=60, "two";r=0;t=10',
      },
    })
  })
})
