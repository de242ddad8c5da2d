import { openDatabase } from '../../src/db/database.ts'
import { openJobs } from '../../src/jobs/jobs.ts'
import { carryOut } from '../../src/modules/personnel-events/run/carry-out.ts'
import type { TestServer } from './server.ts'

export type HandWorker = ReturnType<typeof handWorker>

/** A process that carries out personnel events, of which the test itself says when. */
export function handWorker({ database: { url } }: Pick<TestServer, 'database'>) {
  const onError = () => undefined
  const { prisma, close } = openDatabase({ url, poolSize: 4, onError, isForWork: true })
  const jobs = openJobs({ url, onError })
  return {
    carryOut: (id: string) => carryOut({ prisma, jobs }, id),
    async close() {
      await jobs.close()
      await close()
    },
  }
}
