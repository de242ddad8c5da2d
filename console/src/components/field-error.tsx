import { Text } from '@mantine/core'

/** What is wrong with a field, where the field itself can't say it. */
export function FieldError({ children }: { children: string | undefined }) {
  if (children === undefined) return null
  return (
    <Text size="sm" c="var(--mantine-color-error)" role="alert">
      {children}
    </Text>
  )
}
