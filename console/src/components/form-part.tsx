import { Fieldset, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** Fields of a long form that belong together. */
export function FormPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Fieldset
      variant="unstyled"
      pt="sm"
      legend={
        <Text span fw={650}>
          {title}
        </Text>
      }
    >
      {children}
    </Fieldset>
  )
}
