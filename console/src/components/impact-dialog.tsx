import { Button, Group, Modal, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { texts } from '../texts/common.ts'
import { FailureAlert } from './failure.tsx'
import { ImpactPreview } from './impact-preview.tsx'
import { keepFocus } from './keep-focus.ts'

/** What openapi-fetch answers with. */
type Answer = { data?: unknown; error?: unknown }

type Props = {
  opened: boolean
  onClose: () => void
  /** The question, with the name of what is concerned: “Remove the role auditor from Ada?” */
  title: ReactNode
  /** The consequence, in a sentence. */
  about?: ReactNode
  /** What the button does: “Remove role”. */
  action: string
  /** The change with `?dry_run=true`: `() => client.DELETE(…)`. Asked each time that the dialog opens. */
  preview: () => Promise<Answer>
  /** What the preview has told; without it, what tokens lose. */
  show?: (told: unknown) => ReactNode
  /** The change itself. */
  change: () => Promise<Answer>
  onDone?: () => void
  /** Fields of its own. */
  children?: ReactNode
  /** Are they filled in? */
  isReady?: boolean
}

/**
 * Before something is taken away: which live tokens lose what. Keep it mounted and open it by `opened`, so that
 * the focus goes back to where it came from.
 */
export function ImpactDialog({ opened, onClose, title, ...props }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg" centered>
      <Body {...props} onClose={onClose} />
    </Modal>
  )
}

type BodyProps = Omit<Props, 'opened' | 'title'>

function Body({ about, action, children, isReady = true, show, onClose, ...props }: BodyProps) {
  const { change, impact } = useChange(props, onClose)
  const [isBlind, setBlind] = useState(false)
  const mayGoOn = isReady && (impact.data !== undefined || isBlind)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (mayGoOn) change.mutate()
      }}
    >
      <Stack>
        {about && <div>{about}</div>}
        <ImpactPreview
          query={impact}
          isBlind={isBlind}
          setBlind={setBlind}
          {...(show && { show })}
        />
        {children}
        {change.error !== null && <FailureAlert error={change.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {texts.cancel}
          </Button>
          <Button type="submit" color="red" disabled={!mayGoOn} loading={change.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type Calls = Pick<Props, 'preview' | 'change' | 'onDone'>

function useChange({ preview, change, onDone }: Calls, onClose: () => void) {
  const mutation = useMutation({
    mutationFn: () => dataOf(change()),
    onSuccess: () => {
      onClose()
      onDone?.()
      keepFocus()
    },
  })
  const impact = useQuery({
    queryKey: ['impact', useId()],
    queryFn: () => dataOf(preview()),
    // What has been shown is what is decided upon; and once it is made, the change can't be previewed any more.
    enabled: mutation.isIdle || mutation.isError,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // It is dear, and most often refused for being too dear.
    retry: false,
    refetchInterval: false,
    refetchOnWindowFocus: false,
  })
  return { change: mutation, impact }
}

async function dataOf(answer: Promise<Answer>): Promise<unknown> {
  const { data, error } = await answer
  if (error !== undefined) throw error
  return data ?? null
}
