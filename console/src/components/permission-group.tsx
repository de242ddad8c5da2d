import { Badge, Checkbox, Code, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { memo, useId, useState } from 'react'
import type { Permission } from '../access/use-catalogue.ts'
import { pickerTexts as texts } from '../texts/permission-picker.ts'
import classes from './permission-group.module.css'

/** A permission, or what else is named as they are. */
type Named = Pick<Permission, 'name' | 'scope' | 'description'>

type Props = {
  resource: string
  permissions: readonly Named[]
  /** What is chosen of this resource, separated by spaces: compared, it is one text. */
  chosen: string
  hasEverything: boolean
  /** Shown because it was searched for: open from the start. */
  isFound: boolean
  toggle: (pattern: string) => void
}

/** The permissions of one resource; drawn anew only where they themselves are touched. */
export const PermissionGroup = memo(function PermissionGroup(props: Props) {
  const { resource, permissions, chosen, hasEverything, isFound, toggle } = props
  const [isOpenedByHand, setOpen] = useState(false)
  const id = useId()
  const isOpen = isOpenedByHand || isFound
  const names = new Set(chosen.split(' '))
  const wildcard = `${resource}.*`
  const hasAll = hasEverything || names.has(wildcard)
  const count = permissions.filter(({ name }) => names.has(name)).length
  const Icon = isOpen ? IconChevronDown : IconChevronRight
  return (
    <div className={classes['group']}>
      <Group justify="space-between" gap="xs" px="sm" py={8} wrap="nowrap">
        <UnstyledButton
          className={classes['toggle'] ?? ''}
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon size={16} aria-hidden />
          <Text span fw={600} size="sm">
            {resource}
          </Text>
          <Text span size="sm" c="dimmed">
            {hasAll ? texts.allOf(permissions.length) : texts.of(count, permissions.length)}
          </Text>
        </UnstyledButton>
        <Checkbox
          size="xs"
          label={
            <>
              {texts.allShort}
              <Text span inherit visibleFrom="sm">
                {texts.alsoLater}
              </Text>
            </>
          }
          miw="max-content"
          aria-label={texts.all(resource)}
          checked={hasAll}
          disabled={hasEverything}
          onChange={() => toggle(wildcard)}
        />
      </Group>
      {isOpen && (
        <Stack gap="xs" px="sm" pb="sm" pl={38} id={id}>
          {permissions.map((permission) => (
            <Row
              key={permission.name}
              permission={permission}
              isChosen={hasAll || names.has(permission.name)}
              isImplied={hasAll}
              toggle={toggle}
            />
          ))}
        </Stack>
      )}
    </div>
  )
})

type RowProps = {
  permission: Named
  isChosen: boolean
  isImplied: boolean
  toggle: (pattern: string) => void
}

function Row({ permission: { name, scope, description }, isChosen, isImplied, toggle }: RowProps) {
  return (
    <Checkbox
      size="sm"
      label={
        <>
          <Code>{name}</Code>{' '}
          {scope === 'platform' && (
            <Badge size="sm" variant="default" tt="none" fw={500}>
              {texts.platform}
            </Badge>
          )}
        </>
      }
      description={<bdi>{description}</bdi>}
      checked={isChosen}
      disabled={isImplied}
      onChange={() => toggle(name)}
    />
  )
}
