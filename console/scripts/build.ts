import { createHash } from 'node:crypto'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Builds the console; with `--if-stale` only where dist/ is not of these sources. */
const { values } = parseArgs({ options: { 'if-stale': { type: 'boolean' } } })
const root = join(import.meta.dirname, '..')
const stamp = join(root, 'dist/.built-of')

const digest = await digestOfSources()
const built = await readFile(stamp, 'utf8').catch(() => null)
if (!values['if-stale'] || built !== digest) await build()

async function build(): Promise<void> {
  await import('./generate.ts')
  // Whoever builds: where the tests do, React would be its development build.
  process.env['NODE_ENV'] = 'production'
  const vite = await import('vite')
  await vite.build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  await compress()
  await writeFile(stamp, digest)
}

/** Of everything that a build is made from; the lockfile stands for the packages. */
async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256')
  const own = ['index.html', 'vite.config.ts', 'package.json', 'scripts/*', 'src/**/*']
  const files = [join(root, '../openapi/openapi.json'), join(root, '../package-lock.json')]
  for await (const entry of glob(own, { cwd: root, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !path.includes('/generated/')) files.push(path)
  }
  for (const path of files.sort()) hash.update(relative(root, path)).update(await readFile(path))
  return hash.digest('hex')
}

/** The server sends them as they are: nothing is compressed while somebody waits. */
async function compress(): Promise<void> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  for await (const name of glob('dist/assets/*.{js,css,svg}', { cwd: root })) {
    const path = join(root, name)
    const content = await readFile(path)
    await writeFile(`${path}.br`, await promisify(brotliCompress)(content, quality))
    await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }))
  }
}
