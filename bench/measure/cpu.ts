import { readdirSync, readFileSync } from 'node:fs'

/** CPU time of a process with all its threads, in microseconds since it began. */
export function cpuOf(pid: number): number {
  let sum = 0
  for (const task of entries(`/proc/${pid}/task`)) {
    // The first figure of schedstat is nanoseconds on a CPU; `stat` counts in steps of 10 ms.
    sum += Number(read(`/proc/${pid}/task/${task}/schedstat`).split(' ')[0] || 0) / 1000
  }
  return sum
}

/** The same for a process and its children, and for those of them that have ended. */
export function cpuOfTree(pid: number): number {
  const [cutime = 0, cstime = 0] = fieldsOf(pid).slice(13, 15).map(Number)
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean)
  const ended = (cutime + cstime) * microsecondsPerTick
  return cpuOf(pid) + ended + children.reduce((sum, child) => sum + cpuOf(Number(child)), 0)
}

/** What all CPUs of the machine have worked, in microseconds. */
export function cpuOfMachine(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = read('/proc/stat')
    .split('\n', 1)[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return (user + nice + system + irq + softirq) * microsecondsPerTick
}

const microsecondsPerTick = 10_000

/** After the name, which may hold spaces: the third field of proc(5) is the first here. */
function fieldsOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return [] // It has ended.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
