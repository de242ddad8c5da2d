import { Checkbox, Input, Paper, Pill, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTenantName } from '../access/tenant-names.ts'
import { FailureAlert } from '../components/failure.tsx'
import { ScopeEntry, scopeEntryText } from '../components/scope-entry.tsx'
import { texts } from '../texts/common.ts'
import { formTexts } from '../texts/token-form.ts'
import classes from './choices.module.css'
import { wordsWithin } from './holdings.ts'
import { useTenants } from './use-tenants.ts'

type Props = {
  /** The tenant scope of who will own the token. */
  scope: readonly string[]
  value: readonly string[]
  onChange: (value: string[]) => void
  error?: string | undefined
}

/** Where the token may work. Nothing is chosen beforehand, and nothing is typed in freely. */
export function TenantsField({ scope, value, onChange, error }: Props) {
  const words = wordsWithin(scope)
  const toggle = (entry: string) =>
    onChange(value.includes(entry) ? value.filter((chosen) => chosen !== entry) : [...value, entry])
  if (scope.length === 0) return <Text c="dimmed">{formTexts.noneReached}</Text>
  return (
    <Stack gap="xs">
      {value.length > 0 && (
        <Pill.Group>
          {value.map((entry) => (
            <Chosen key={entry} entry={entry} onRemove={() => toggle(entry)} />
          ))}
        </Pill.Group>
      )}
      <Paper withBorder>
        {words.length > 0 && (
          <Stack
            gap={0}
            className={classes['part'] ?? ''}
            role="group"
            aria-label={formTexts.words}
          >
            {words.map((word) => (
              <Checkbox
                key={word}
                className={classes['choice'] ?? ''}
                label={<ScopeEntry entry={word} />}
                description={formTexts.wordsAbout}
                checked={value.includes(word)}
                onChange={() => toggle(word)}
              />
            ))}
          </Stack>
        )}
        <Candidates scope={scope} value={value} toggle={toggle} />
      </Paper>
      {error && <Input.Error>{error}</Input.Error>}
    </Stack>
  )
}

type CandidatesProps = Pick<Props, 'scope' | 'value'> & { toggle: (entry: string) => void }

function Candidates({ scope, value, toggle }: CandidatesProps) {
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 250)
  const { tenants, hasMore, error, refetch, isLoading } = useTenants(scope, search)
  return (
    <>
      <TextInput
        type="search"
        aria-label={formTexts.tenantSearch}
        placeholder={formTexts.tenantSearch}
        leftSection={<IconSearch size={16} aria-hidden />}
        variant="unstyled"
        className={classes['search'] ?? ''}
        maxLength={100}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {error !== null && <FailureAlert error={error} retry={refetch} />}
      <Stack
        gap={0}
        className={classes['choices'] ?? ''}
        role="group"
        aria-label={formTexts.tenants}
      >
        {tenants.map(({ id, name, slug }) => (
          <Checkbox
            key={id}
            className={classes['choice'] ?? ''}
            label={<bdi>{name}</bdi>}
            {...(slug !== name && { description: slug })}
            checked={value.includes(id)}
            onChange={() => toggle(id)}
          />
        ))}
        {!isLoading && tenants.length === 0 && (
          <Text size="sm" c="dimmed" p="sm" role="status">
            {texts.nothingFound}
          </Text>
        )}
        {hasMore && (
          <Text size="sm" c="dimmed" p="sm">
            {formTexts.moreTenants}
          </Text>
        )}
      </Stack>
    </>
  )
}

function Chosen({ entry, onRemove }: { entry: string; onRemove: () => void }) {
  const name = scopeEntryText(entry, useTenantName(entry))
  return (
    <Pill
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{
        'aria-label': formTexts.remove(name),
        tabIndex: 0,
        'aria-hidden': false,
      }}
    >
      <bdi>{name}</bdi>
    </Pill>
  )
}
