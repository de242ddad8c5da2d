import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { bcryptPasswords } from '../access/passwords.ts'
import { readConfig } from '../config.ts'
import { AppError } from '../http/errors.ts'
import { type AdminTools, type Command, Misuse } from './command.ts'
import { commands } from './commands.ts'
import { openInstallation } from './open.ts'

/**
 * `npm run admin -- <command>`: for whoever may start this installation, and for the day when nobody can
 * sign in. It goes by no session and no token, only by the right to read the settings and the database.
 */
async function main([name = '', ...rest]: string[]): Promise<void> {
  const command = commands[name]
  if (!command) throw new Misuse(usage())
  const values = valuesOf(name, command, rest)
  const config = readConfig(process.env)
  const { database, close } = await openInstallation(config)
  try {
    const tools: AdminTools = {
      prisma: database.prisma,
      passwords: bcryptPasswords(config.BCRYPT_COST),
      randomBytes,
      actor: {
        actor: { id: null, name: 'admin CLI' },
        correlation_id: randomBytes(16).toString('hex'),
      },
      async write(text) {
        if (!process.stdout.write(text)) await once(process.stdout, 'drain')
      },
    }
    await command.run(tools, values)
  } finally {
    await close()
  }
}

function valuesOf(name: string, { options }: Command, args: string[]) {
  const types = Object.fromEntries(
    options.map((option) => [option.replace('?', ''), { type: 'string' as const }]),
  )
  try {
    const { values } = parseArgs({ args, options: types, strict: true, allowPositionals: false })
    const missing = options.filter((option) => !option.endsWith('?') && !values[option])
    if (missing.length > 0) throw new Misuse(`It needs --${missing.join(' and --')}`)
    return values as Record<string, string | undefined>
  } catch (error) {
    throw new Misuse(`${(error as Error).message}\n\n${lineOf(name)}`)
  }
}

function lineOf(name: string): string {
  const { options = [], isForFile = false } = commands[name] ?? {}
  const named = options.map((option) => {
    const plain = option.replace('?', '')
    return option === plain ? ` --${plain} …` : ` [--${plain} …]`
  })
  const [silent, file] = isForFile ? [' --silent', ' > file'] : ['', '']
  return `  npm run${silent} admin -- ${name}${named.join('')}${file}`
}

function usage(): string {
  const lines = Object.entries(commands).map(
    ([name, { says }]) => `${lineOf(name)}\n      ${says}\n`,
  )
  return `Commands:\n\n${lines.join('\n')}`
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const isExpected = error instanceof Misuse || error instanceof AppError
  console.error(isExpected ? error.message : error)
  process.exitCode = 1
}
