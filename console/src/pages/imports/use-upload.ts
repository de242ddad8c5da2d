import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useSubmitKey } from '../../api/idempotency.ts'
import { type Sent, upload } from '../../api/upload.ts'
import type { Import } from '../../imports/types.ts'
import { uploadTexts as words } from '../../texts/imports.ts'

/** By the id of their file group. */
export type Chosen = Record<string, File | undefined>

/** Sends the files of an import; then to the import. Whoever leaves meanwhile is asked, or the files stop. */
export function useUpload(application_id: string) {
  const navigate = useNavigate()
  const keyOf = useSubmitKey()
  const [sent, setSent] = useState<Sent | null>(null)
  const stopping = useRef<AbortController>(null)
  const sending = useMutation({
    mutationFn: (chosen: Chosen) => {
      stopping.current = new AbortController()
      setSent(null)
      return upload<Import>({
        path: '/api/v1/application-imports/upload',
        form: formOf(application_id, chosen),
        headers: keyOf(namesOf(chosen)),
        onProgress: setSent,
        signal: stopping.current.signal,
      })
    },
    onSuccess: ({ id, number }) => {
      notifications.show({ message: words.begun(number) })
      navigate(`/imports/${id}`)
    },
  })
  useEffect(() => () => stopping.current?.abort(), [])
  useAskedBeforeLeaving(sending.isPending)
  const isStopped = stopping.current?.signal.aborted ?? false
  return {
    start: sending.mutate,
    stop: () => stopping.current?.abort(),
    isPending: sending.isPending,
    sent,
    error: isStopped ? null : sending.error,
  }
}

function useAskedBeforeLeaving(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isBusy])
}

/** The text field goes first: the server knows what the files are for when they come. */
function formOf(application_id: string, chosen: Chosen): FormData {
  const form = new FormData()
  form.append('application_id', application_id)
  for (const [group_id, file] of Object.entries(chosen)) if (file) form.append(group_id, file)
  return form
}

const namesOf = (chosen: Chosen) =>
  Object.entries(chosen).map(([id, file]) => [id, file?.name, file?.size, file?.lastModified])
