import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { client } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { roleTexts as texts } from '../../texts/roles.ts'
import type { Role, RoleChanges } from './role-changes.ts'

type Options = {
  base: Role
  changes: RoleChanges
  /** Asks for the version that somebody else has saved. */
  reload: () => void
  onRefused: () => void
}

/** Saves a role, or tells beforehand what that would do. Whatever the server refuses is shown with the form. */
export function useSaveRole({ base, changes, reload, onRefused }: Options) {
  const [error, setError] = useState<unknown>(null)
  const navigate = useNavigate()
  async function send(dry_run: boolean) {
    setError(null)
    const answer = await client.PATCH('/api/v1/roles/{id}', {
      params: { path: { id: base.id }, query: { dry_run } },
      body: { version: base.version, ...changes },
    })
    // A preview that can't be made right now is no refusal.
    if (answer.error !== undefined && !(dry_run && failureOf(answer.error).isAway)) {
      setError(answer.error)
      if ('version' in failureOf(answer.error).fields) reload()
      onRefused()
    }
    return answer
  }
  async function done() {
    notifications.show({ message: texts.saved, color: 'green' })
    await navigate(`/roles/${base.id}`)
  }
  const direct = useMutation({
    mutationFn: async () => {
      const answer = await send(false)
      if (answer.error === undefined) await done()
    },
    onError: setError,
  })
  return {
    error,
    isPending: direct.isPending,
    forget: () => setError(null),
    now: () => direct.mutate(),
    preview: () => send(true),
    change: () => send(false),
    done,
  }
}
