import { Badge, Group, Stack, Text, VisuallyHidden } from '@mantine/core'
import { IconFileTypeCsv } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { FieldError } from '../../components/field-error.tsx'
import type { components } from '../../generated/api.d.ts'
import { size, uploadTexts as words } from '../../texts/imports.ts'
import classes from './file-area.module.css'
import { ChooseFile, RemoveFile } from './file-buttons.tsx'
import { useDropArea } from './use-drop-area.ts'

type Props = {
  group: components['schemas']['Application']['file_groups'][number]
  file: File | undefined
  onChoose: (file: File | undefined) => void
  error: string | undefined
  isDisabled: boolean
}

/** Takes the file of one group: dropped on it, or chosen with its button. */
export function FileArea({ group, file, onChoose, error, isDisabled }: Props) {
  const [tooMany, setTooMany] = useState<string | null>(null)
  const { isOver, ...area } = useDropArea((files) => {
    if (isDisabled) return
    setTooMany(files.length > 1 ? words.onlyOne(files.length) : null)
    if (files.length === 1) onChoose(files[0])
  })
  const [hasRemoved, setRemoved] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  function choose(next: File | undefined) {
    setTooMany(null)
    onChoose(next)
  }
  function remove() {
    setRemoved(true)
    choose(undefined)
    // The button to remove it goes with it.
    button.current?.focus()
  }
  const wrong = tooMany ?? error
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a row
    <div
      {...area}
      className={classes['area']}
      role="group"
      aria-label={group.name}
      data-drop-area
      data-over={isOver || undefined}
      data-full={file ? true : undefined}
    >
      <Stack gap="sm">
        <Group gap="xs">
          <Text fw={600}>
            <bdi>{group.name}</bdi>
          </Text>
          <Badge variant="default" tt="none" fw={500}>
            {group.required ? words.required : words.optional}
          </Badge>
        </Group>
        <Group gap="sm">
          <IconFileTypeCsv size={22} aria-hidden />
          <Text size="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>
            {file ? (
              <>
                <bdi>{file.name}</bdi> · {size(file.size)}
              </>
            ) : (
              words.drop
            )}
          </Text>
          <ChooseFile
            name={group.name}
            file={file}
            onChoose={choose}
            isDisabled={isDisabled}
            button={button}
          />
          {file && <RemoveFile name={group.name} onRemove={remove} isDisabled={isDisabled} />}
        </Group>
        <FieldError>{wrong}</FieldError>
        <VisuallyHidden role="status">
          {file && words.chosen(group.name, file.name, file.size)}
          {!file && hasRemoved && words.removed(group.name)}
        </VisuallyHidden>
      </Stack>
    </div>
  )
}
