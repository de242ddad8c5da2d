import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { failureOf } from '../../api/errors.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FormFailure } from '../../components/form-failure.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import type { components } from '../../generated/api.d.ts'
import { texts } from '../../texts/common.ts'
import { uploadTexts as words } from '../../texts/imports.ts'
import { FileArea } from './file-area.tsx'
import { Sending } from './sending.tsx'
import { useDroppedBeside } from './use-dropped-beside.ts'
import { type Chosen, useUpload } from './use-upload.ts'

type Application = components['schemas']['Application']

const list = new Intl.ListFormat('en')

/** A file for each group, and their way to the server. */
export function UploadForm({ application }: { application: Application }) {
  const { id, tenant_id, file_groups } = application
  const [chosen, setChosen] = useState<Chosen>({})
  const upload = useUpload(id)
  useDroppedBeside()
  const mayRun = useAllowed('imports.run', tenant_id)
  const missing = file_groups.filter((group) => group.required && !chosen[group.id])
  const isEmpty = Object.values(chosen).every((file) => file === undefined)
  const lacks = isEmpty && missing.length === 0 ? file_groups : missing
  const reason = lacks.length > 0 ? words.missing(list.format(lacks.map(({ name }) => name))) : null
  const wrong = upload.error === null ? {} : failureOf(upload.error).fields
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        upload.start(chosen)
      }}
    >
      <Stack>
        <Text size="sm">
          {words.columns} <Code>{words.columnsExample}</Code>. {words.columnsAbout}
        </Text>
        {file_groups.map((group) => (
          <FileArea
            key={group.id}
            group={group}
            file={chosen[group.id]}
            onChoose={(file) => setChosen({ ...chosen, [group.id]: file })}
            error={wrong[group.id]}
            isDisabled={upload.isPending}
          />
        ))}
        <FormFailure error={upload.error} fields={file_groups.map((group) => group.id)} />
        {upload.isPending ? (
          <Sending
            sent={upload.sent}
            onStop={() => {
              upload.stop()
              keepFocus()
            }}
          />
        ) : (
          <Group justify="flex-end">
            <Button component={Link} to={`/applications/${id}`} variant="default">
              {texts.cancel}
            </Button>
            <AllowedButton
              type="submit"
              allowed={mayRun.isAllowed ? { isAllowed: reason === null, reason } : mayRun}
            >
              {words.submit}
            </AllowedButton>
          </Group>
        )}
      </Stack>
    </form>
  )
}
