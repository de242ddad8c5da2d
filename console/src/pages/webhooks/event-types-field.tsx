import { Input, Paper } from '@mantine/core'
import { useCallback, useId } from 'react'
import { resourceOf, toggled } from '../../components/permission-choice.ts'
import { PermissionGroup } from '../../components/permission-group.tsx'
import { eventWords } from '../../texts/webhook-events.ts'
import { webhookFormTexts as words } from '../../texts/webhooks.ts'
import type { Draft } from './draft.ts'

type Props = {
  value: readonly string[]
  setDraft: (change: (before: Draft) => Draft) => void
  error: string | undefined
}

const types = Object.entries(eventWords).map(([name, description]) => ({
  name,
  description,
  scope: 'tenant' as const,
}))

/** Each kind has its wildcard, which the group itself offers. */
const families = types
  .filter(({ name }) => name.endsWith('.*'))
  .map((wildcard) => {
    const family = resourceOf(wildcard.name)
    const own = types.filter((type) => type !== wildcard && resourceOf(type.name) === family)
    return { family, own }
  })

/** By what they are about, each of which opens; or all of a kind by its wildcard. */
export function EventTypesField({ value, setDraft, error }: Props) {
  const id = useId()
  const toggle = useCallback(
    (type: string) =>
      setDraft((before) => ({ ...before, event_types: toggled(before.event_types, type) })),
    [setDraft],
  )
  return (
    <Input.Wrapper
      label={words.events}
      description={words.eventsAbout}
      error={error}
      labelElement="div"
      labelProps={{ id }}
    >
      <Paper withBorder mt={6} role="group" aria-labelledby={id}>
        {families.map(({ family, own }) => (
          <PermissionGroup
            key={family}
            resource={family}
            permissions={own}
            chosen={value.filter((one) => resourceOf(one) === family).join(' ')}
            hasEverything={false}
            isFound={false}
            toggle={toggle}
          />
        ))}
      </Paper>
    </Input.Wrapper>
  )
}
