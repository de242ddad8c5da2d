import { readFile, writeFile } from 'node:fs/promises'
import { collectionOf } from './postman/collection.ts'
import { environment } from './postman/environment.ts'

/**
 * Writes the Postman collection and environment of openapi/openapi.json, or with `--check` fails where
 * the committed ones differ.
 */
const document = JSON.parse(await readFile('openapi/openapi.json', 'utf8'))
const files = {
  'openapi/postman_collection.json': await collectionOf(document),
  'openapi/postman_environment.json': environment,
}

for (const [file, content] of Object.entries(files)) {
  const exported = `${JSON.stringify(content, null, 2)}\n`
  if (!process.argv.includes('--check')) {
    await writeFile(file, exported)
  } else if (exported !== (await readFile(file, 'utf8').catch(() => ''))) {
    console.error(`${file} is not what openapi/openapi.json says: npm run postman`)
    process.exit(1)
  }
}
