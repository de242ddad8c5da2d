import { Checkbox, Input, Paper, Pill, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { Permission } from '../access/use-catalogue.ts'
import { texts } from '../texts/common.ts'
import { formTexts } from '../texts/token-form.ts'
import classes from './choices.module.css'
import { Chosen } from './chosen.tsx'

const many = 100

type Props = {
  /** By name; what may be given away. */
  held: readonly string[]
  catalogue: ReadonlyMap<string, Permission>
  value: readonly string[]
  onChange: (value: string[]) => void
  /** Chosen, but of no use in the tenants that were chosen. */
  idle: readonly string[]
  error?: string | undefined
}

/** What the token may do: only what is held, by resource. What was lost meanwhile stays until it is taken out. */
export const PermissionsField = memo(function PermissionsField(props: Props) {
  const { held, catalogue, value, onChange, idle, error } = props
  const [search, setSearch] = useState('')
  const deferred = useDeferredValue(search)
  const toggle = useToggle(value, onChange)
  const list = useRef<HTMLDivElement>(null)
  // What is found is shown from its beginning, wherever one had been.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each search
  useEffect(() => list.current?.scrollTo({ top: 0 }), [deferred])
  const groups = useMemo(() => {
    const wanted = deferred.trim().toLowerCase()
    const offered = [...new Set([...held, ...value])].sort().filter((name) => {
      const about = catalogue.get(name)?.description ?? ''
      return `${name} ${about}`.toLowerCase().includes(wanted)
    })
    return byResource(offered)
  }, [held, value, catalogue, deferred])
  if (held.length === 0 && value.length === 0) return <Text>{formTexts.nothingHeld}</Text>
  const isHeld = new Set(held)
  return (
    <Stack gap="xs">
      {value.length > 0 && (
        <Pill.Group>
          {value.map((name) => (
            <Chosen key={name} name={name} onRemove={() => toggle(name)} />
          ))}
        </Pill.Group>
      )}
      <Paper withBorder>
        <TextInput
          type="search"
          aria-label={formTexts.permissionSearch}
          placeholder={formTexts.permissionSearch}
          leftSection={<IconSearch size={16} aria-hidden />}
          variant="unstyled"
          className={classes['search'] ?? ''}
          maxLength={100}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
        <div
          ref={list}
          className={[classes['choices'], held.length > many && classes['many']]
            .filter(Boolean)
            .join(' ')}
        >
          {[...groups].map(([resource, names]) => (
            <fieldset key={resource} className={classes['resource'] ?? ''} aria-label={resource}>
              <div className={classes['group'] ?? ''} aria-hidden>
                <Text span size="sm" fw={600}>
                  {resource}
                </Text>
                <Text span size="sm" c="dimmed">
                  {formTexts.of(names.filter((name) => value.includes(name)).length, names.length)}
                </Text>
              </div>
              {names.map((name) => (
                <Choice
                  key={name}
                  name={name}
                  about={catalogue.get(name)?.description ?? ''}
                  note={noteOf(name, isHeld, idle, catalogue)}
                  isChosen={value.includes(name)}
                  toggle={toggle}
                />
              ))}
            </fieldset>
          ))}
          {groups.size === 0 && (
            <Text size="sm" c="dimmed" p="sm" role="status">
              {texts.nothingFound}
            </Text>
          )}
        </div>
      </Paper>
      {error && <Input.Error>{error}</Input.Error>}
    </Stack>
  )
})

function byResource(names: readonly string[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const name of names) {
    const resource = name.slice(0, name.indexOf('.'))
    const group = groups.get(resource)
    if (group) group.push(name)
    else groups.set(resource, [name])
  }
  return groups
}

function noteOf(
  name: string,
  held: ReadonlySet<string>,
  idle: readonly string[],
  catalogue: ReadonlyMap<string, Permission>,
): string {
  if (!held.has(name)) return formTexts.lost
  if (catalogue.get(name)?.scope === 'platform') return formTexts.ofPlatform
  return idle.includes(name) ? formTexts.notThere : ''
}

/** The same function each time, so that of five hundred choices only the one that was changed is drawn anew. */
function useToggle(value: readonly string[], onChange: (value: string[]) => void) {
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  return useCallback((name: string) => {
    const { value, onChange } = latest.current
    onChange(value.includes(name) ? value.filter((one) => one !== name) : [...value, name])
  }, [])
}

type ChoiceProps = {
  name: string
  about: string
  note: string
  isChosen: boolean
  toggle: (name: string) => void
}

const Choice = memo(function Choice({ name, about, note, isChosen, toggle }: ChoiceProps) {
  return (
    <Checkbox
      className={classes['choice'] ?? ''}
      label={
        <Text span inherit ff="monospace">
          {name}
        </Text>
      }
      description={note ? `${about} (${note})` : about}
      checked={isChosen}
      onChange={() => toggle(name)}
    />
  )
})
