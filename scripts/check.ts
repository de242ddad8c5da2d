import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import pLimit from 'p-limit'

/** `npm run check`: each of these, two at a time, with what it says when it is done; all of them, whatever fails. */
const checks = ['types', 'layers', 'lint', 'openapi', 'unused', 'postman']

const limited = pLimit(2)

async function check(name: string): Promise<boolean> {
  const child = spawn('npm', ['run', `check:${name}`], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  process.stdout.write(out + err)
  if (code !== 0) console.error(`check:${name} failed`)
  return code === 0
}

const passed = await Promise.all(checks.map((name) => limited(() => check(name))))
process.exitCode = passed.every(Boolean) ? 0 : 1
