import type { FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { AppError } from '../http/errors.ts'

type Watched = {
  registry: Registry
  pool: pg.Pool
  /** How many uses of tokens are yet to be written. */
  pendingUses: () => number
}

export type Instruments = {
  answered(request: FastifyRequest, reply: FastifyReply): void
  authenticated(): void
  /** Counts the error if it is a refused authentication. */
  failed(error: unknown): void
}

/** Around what PAT traffic looks like: most answers take a few milliseconds, a password a few hundred. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What is measured. No label holds an id, a name or anything else that a caller makes up. */
export function instruments({ registry, pool, pendingUses }: Watched): Instruments {
  const registers = [registry]
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by the pattern of its route',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  })
  const authentications = new Counter({
    name: 'postern_authentications_total',
    help: 'Credentials and sign-ins that were accepted, or refused and why',
    labelNames: ['outcome'],
    registers,
  })
  watchPool(pool, registers)
  new Gauge({
    name: 'postern_token_uses_pending',
    help: 'Tokens whose last use is not written yet',
    registers,
    collect() {
      this.set(pendingUses())
    },
  })
  return {
    answered({ method, routeOptions }, { statusCode, elapsedTime }) {
      const status = `${Math.floor(statusCode / 100)}xx`
      durations.observe({ method, route: routeOptions.url ?? 'none', status }, elapsedTime / 1000)
    },
    authenticated: () => authentications.inc({ outcome: 'accepted' }),
    failed(error) {
      if (!(error instanceof AppError) || error.code !== 'unauthorized') return
      authentications.inc({ outcome: outcomeOf(error.extras.reason ?? 'unknown') })
    },
  }
}

/** The reason as far as it is written in our code: what follows a colon may hold more than that. */
function outcomeOf(reason: string): string {
  const [written = ''] = reason.split(':')
  return written.replaceAll(/\W+/g, '_')
}

function watchPool(pool: pg.Pool, registers: Registry[]): void {
  new Gauge({
    name: 'postern_database_connections',
    help: 'Connections to the database',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
    },
  })
  new Gauge({
    name: 'postern_database_waiting_requests',
    help: 'Who waits for a connection to the database',
    registers,
    collect() {
      this.set(pool.waitingCount)
    },
  })
}
