import type { Readable } from 'node:stream'
import { readConfig } from '../../src/config.ts'
import { type FetchSource, sourceFetcher } from '../../src/fetching/fetch-source.ts'
import type { LookupAll } from '../../src/fetching/guarded-agent.ts'
import { sourceRulesOf } from '../../src/fetching/source-rules.ts'
import { certificate } from '../support/tls.ts'

type Options = { networks?: string; http?: 'on' | 'off'; lookup?: LookupAll; isTrusted?: boolean }

/** Fetches as a deployment with these settings does, which also knows the certificate of our test servers. */
export function fetcher({
  networks = '',
  http = 'off',
  lookup,
  isTrusted = true,
}: Options = {}): FetchSource {
  const rules = sourceRulesOf(
    readConfig({ SOURCE_ALLOWED_NETWORKS: networks, ALLOW_HTTP_SOURCES: http }),
  )
  return sourceFetcher(rules, { lookup, ca: isTrusted ? certificate : undefined })
}

export const limits = { maxBytes: 1_000_000, timeoutMs: 10_000 }

/** All of it. */
export async function read(stream: Promise<Readable>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
