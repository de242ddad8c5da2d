import { randomBytes } from 'node:crypto'
import { readConfig } from '../../../src/config.ts'
import { openDatabase } from '../../../src/db/database.ts'
import { openJobs } from '../../../src/jobs/jobs.ts'
import { mailerOf } from '../../../src/mail/mailer.ts'
import type { TestServer } from '../../support/server.ts'

const onError = () => undefined
export const sender = { MAIL_FROM: 'Postern <postern@example.com>' }

/** What a worker works with, for a test that does its work step by step. */
export function workTools(server: TestServer, SMTP_URL: string | null, warned: unknown[] = []) {
  const { url } = server.database
  const database = openDatabase({ url, poolSize: 4, onError, isForWork: true })
  const jobs = openJobs({ url, onError })
  const publicUrl = 'https://postern.example'
  const config = readConfig(SMTP_URL === null ? {} : { SMTP_URL, ...sender })
  const shown: string[] = []
  const mailer = mailerOf({ config, publicUrl, terminal: (text) => void shown.push(text) })
  const log = { warn: (...line: unknown[]) => void warned.push(line) } as never
  const { prisma, pool } = database
  return {
    shown,
    tools: { prisma, pool, jobs, mailer, publicUrl, randomBytes, log },
    async close() {
      mailer.close()
      await jobs.close()
      await database.close()
    },
  }
}
