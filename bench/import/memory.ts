import { readFileSync } from 'node:fs'

export type Sample = { seconds: number; megabytes: number }

const everyMs = 50

/** What a process holds in memory, again and again. Answers how to stop. */
export function watchMemory(pid: number): () => Sample[] {
  const begun = performance.now()
  const samples: Sample[] = []
  const look = () => {
    samples.push({ seconds: (performance.now() - begun) / 1000, megabytes: residentMegabytes(pid) })
  }
  look()
  const timer = setInterval(look, everyMs)
  return () => {
    clearInterval(timer)
    look()
    return samples
  }
}

export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}
