import { Button, FileButton } from '@mantine/core'
import { type Ref, useRef } from 'react'
import { uploadTexts as words } from '../../texts/imports.ts'

type Props = {
  name: string
  file: File | undefined
  onChoose: (file: File) => void
  isDisabled: boolean
  button: Ref<HTMLButtonElement>
}

/** The browser's own choice of a file, which a keyboard opens, too. */
export function ChooseFile({ name, file, onChoose, isDisabled, button }: Props) {
  const forget = useRef<() => void>(null)
  const label = file ? words.replaceFor(name) : words.chooseFor(name)
  return (
    <FileButton
      resetRef={forget}
      accept=".csv,text/csv,.gz"
      disabled={isDisabled}
      inputProps={{ 'aria-label': label }}
      onChange={(next) => {
        if (next) onChoose(next)
        // The same one can be chosen again after it was removed.
        forget.current?.()
      }}
    >
      {(props) => (
        <Button
          {...props}
          ref={button}
          variant="default"
          size="compact-sm"
          disabled={isDisabled}
          aria-label={label}
        >
          {file ? words.replace : words.choose}
        </Button>
      )}
    </FileButton>
  )
}

type RemoveProps = { name: string; onRemove: () => void; isDisabled: boolean }

export function RemoveFile({ name, onRemove, isDisabled }: RemoveProps) {
  return (
    <Button
      variant="subtle"
      color="red"
      size="compact-sm"
      disabled={isDisabled}
      aria-label={words.removeFor(name)}
      onClick={onRemove}
    >
      {words.remove}
    </Button>
  )
}
