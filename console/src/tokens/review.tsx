import { Button, Code, Group, List, Paper, Stack, Text, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Permission } from '../access/use-catalogue.ts'
import { ScopeEntry } from '../components/scope-entry.tsx'
import { formTexts } from '../texts/token-form.ts'
import type { Callable, Place } from './callable.ts'
import type { Draft } from './draft.ts'
import { instantInWords, instantOf } from './expiry.ts'
import { useNow } from './expiry-field.tsx'
import { scopeWords } from './holdings.ts'
import { Listed } from './listed.tsx'

type Props = {
  draft: Draft
  callable: Callable
  catalogue: ReadonlyMap<string, Permission>
  isBusy: boolean
  onBack: () => void
  onSubmit: () => void
}

/** The token in words, before it is made. */
export function Review({ draft, callable, catalogue, isBusy, onBack, onSubmit }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const hasWords = draft.tenants.some((entry) => scopeWords.some((word) => word === entry))
  return (
    <Stack maw={760}>
      <Title order={2} size="h4" ref={heading} tabIndex={-1}>
        {formTexts.reviewTitle}
      </Title>
      <Paper withBorder p="lg">
        <Stack gap="sm">
          <Text size="lg">
            <Until draft={draft} />, {formTexts.the}{' '}
            <strong>
              “<bdi>{draft.name.trim()}</bdi>”
            </strong>{' '}
            {formTexts.may}
            {callable.places.length === 0 ? ` ${formTexts.nowhere}.` : ' …'}
          </Text>
          {callable.places.map((place) => (
            <InPlace key={String(place.entries[0])} place={place} catalogue={catalogue} />
          ))}
          {callable.idle.length > 0 && callable.places.length > 0 && (
            <Text>
              {formTexts.idle} <Listed items={callable.idle} show={(name) => <Code>{name}</Code>} />
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {formTexts.calls(callable.count)} {hasWords ? formTexts.laterWords : formTexts.later}
          </Text>
        </Stack>
      </Paper>
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {formTexts.back}
        </Button>
        <Button onClick={onSubmit} loading={isBusy}>
          {formTexts.submit}
        </Button>
      </Group>
    </Stack>
  )
}

function Until({ draft: { expiry } }: { draft: Draft }) {
  const instant = instantOf(expiry, useNow())
  if (!instant) return formTexts.untilDeleted
  return (
    <>
      {formTexts.until} <strong>{instantInWords(instant)}</strong>
    </>
  )
}

type InPlaceProps = { place: Place; catalogue: Props['catalogue'] }

function InPlace({ place: { entries, permissions }, catalogue }: InPlaceProps) {
  const isPlatform = entries[0] === null
  return (
    <div>
      <Text>
        … {isPlatform ? formTexts.on : formTexts.in}{' '}
        <Listed
          items={entries}
          show={(entry) => (
            <strong>
              <ScopeEntry entry={entry} />
            </strong>
          )}
        />
      </Text>
      <List withPadding>
        {permissions.map((name) => (
          <List.Item key={name}>
            <em>{asVerb(catalogue.get(name)?.description ?? name)}</em> <Code>{name}</Code>
          </List.Item>
        ))}
      </List>
    </div>
  )
}

const asVerb = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1)
