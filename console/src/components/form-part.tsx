import { Fieldset, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** Fields of a long form that belong together. */
export function FormPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Fieldset
      variant="unstyled"
      m={0}
      p={0}
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
