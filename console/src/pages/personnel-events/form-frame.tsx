import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Allowed } from '../../access/use-allowed.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FormFailure } from '../../components/form-failure.tsx'
import { texts } from '../../texts/common.ts'

type Props = {
  children: ReactNode
  action: string
  allowed: Allowed
  onSubmit: () => void
  isBusy: boolean
  error: unknown
  /** Those that show their own errors. */
  fields: readonly string[]
}

/** Around the fields of each kind of event: the way out, and what went wrong besides them. */
export function FormFrame({ children, action, allowed, onSubmit, ...rest }: Props) {
  const { isBusy, error, fields } = rest
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (allowed.isAllowed) onSubmit()
      }}
    >
      <Stack gap="lg">
        {children}
        <FormFailure error={error} fields={fields} />
        <Group justify="flex-end">
          <Button component={Link} to="/personnel-events" variant="default">
            {texts.cancel}
          </Button>
          <AllowedButton type="submit" allowed={allowed} loading={isBusy}>
            {action}
          </AllowedButton>
        </Group>
      </Stack>
    </form>
  )
}
