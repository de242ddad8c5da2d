type Operation = { parameters?: { required?: boolean; schema?: { default?: unknown } }[] }

/**
 * To the validator, which fills it in first, a parameter with a default is always there. To a caller who
 * reads the document it is one that may be left out.
 */
export function makeDefaultsOptional({ paths }: { paths?: object }): void {
  for (const methods of Object.values(paths ?? {})) {
    for (const { parameters = [] } of Object.values(methods) as Operation[]) {
      for (const parameter of parameters) {
        if (parameter.schema?.default !== undefined) parameter.required = false
      }
    }
  }
}
