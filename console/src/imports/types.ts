import type { components, operations } from '../generated/api.d.ts'

export type Import = components['schemas']['ApplicationImport']
export type ImportPage =
  operations['listApplicationImports']['responses'][200]['content']['application/json']
export type ListedImport = ImportPage['data'][number]
export type Metrics = NonNullable<Import['metrics']>
