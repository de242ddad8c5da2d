import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { Allowed } from '../access/use-allowed.ts'
import { AllowedButton } from './allowed-button.tsx'
import { tellFailure } from './tell-failure.tsx'

type Props = {
  label: string
  allowed: Allowed
  activate: () => Promise<{ error?: unknown }>
  /** Said when it is done. */
  done: string
}

/** Brings back somebody or something that was put to rest: nothing is lost by it, so nothing is asked first. */
export function ActivateButton({ label, allowed, activate, done }: Props) {
  const mutation = useMutation({
    mutationFn: async () => {
      const { error } = await activate()
      if (error !== undefined) throw error
    },
    onSuccess: () => notifications.show({ message: done }),
    onError: tellFailure,
  })
  return (
    <AllowedButton allowed={allowed} loading={mutation.isPending} onClick={() => mutation.mutate()}>
      {label}
    </AllowedButton>
  )
}
