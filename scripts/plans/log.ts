import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { PlanNode } from './plan-node.ts'

/** One statement as it was run. */
export type Ran = { text: string; ms: number; plan: PlanNode }

/** Reads what auto_explain has written since the last time. */
export function explainLog(file: string): () => Ran[] {
  let from = sizeOf(file)
  return () => {
    const to = sizeOf(file)
    const text = readBetween(file, from, to)
    from = to
    return text.split(/^(?=\S)/m).flatMap(ranOf)
  }
}

/** An entry is a line of its duration, and the lines of its plan, which begin with a tab. */
function ranOf(entry: string): Ran[] {
  const [, ms, json] = /duration: ([\d.]+) ms {2}plan:\n([\s\S]*)/.exec(entry) ?? []
  if (ms === undefined || json === undefined) return []
  const { 'Query Text': text, Plan: plan } = JSON.parse(json.replaceAll(/^\t/gm, '')) as {
    'Query Text': string
    Plan: PlanNode
  }
  return [{ text, ms: Number(ms), plan }]
}

function sizeOf(file: string): number {
  const descriptor = openSync(file, 'r')
  try {
    return fstatSync(descriptor).size
  } finally {
    closeSync(descriptor)
  }
}

function readBetween(file: string, from: number, to: number): string {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(to - from)
    readSync(descriptor, bytes, 0, bytes.length, from)
    return bytes.toString()
  } finally {
    closeSync(descriptor)
  }
}
