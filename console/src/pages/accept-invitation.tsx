import { Anchor, Button, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { publicClient } from '../api/client.ts'
import { failureOf } from '../api/errors.ts'
import { queryClient } from '../api/query-client.ts'
import { endSession, readState } from '../api/session.ts'
import { FormFailure } from '../components/form-failure.tsx'
import { NewPassword } from '../components/new-password.tsx'
import { NarrowLayout } from '../layouts/narrow-layout.tsx'
import { invitationTexts as texts } from '../texts/security.ts'

const readToken = () => new URLSearchParams(location.hash.slice(1)).get('token')

export function Component() {
  const [token] = useState(readToken)
  const [isDead, setDead] = useState(false)
  // It opens an account: no history keeps it, and no picture of the address bar shows it.
  useEffect(() => history.replaceState(history.state, '', location.pathname), [])
  if (!token) return <NotGood title={texts.incompleteTitle} text={texts.incomplete} />
  if (isDead) return <NotGood title={texts.deadTitle} text={texts.dead} />
  return (
    <NarrowLayout title={texts.title}>
      <Text size="sm">{texts.about}</Text>
      <PasswordForm token={token} onDead={() => setDead(true)} />
    </NarrowLayout>
  )
}

function NotGood({ title, text }: { title: string; text: string }) {
  return (
    <NarrowLayout title={title}>
      <Text size="sm" role="alert">
        {text}
      </Text>
      <Anchor component={Link} to="/sign-in" replace size="sm">
        {texts.goOn}
      </Anchor>
    </NarrowLayout>
  )
}

function PasswordForm({ token, onDead }: { token: string; onDead: () => void }) {
  const navigate = useNavigate()
  const [password, setPassword] = useState<string | null>(null)
  const accept = useMutation({
    mutationFn: async (body: { token: string; password: string }) => {
      const { error } = await publicClient.POST('/api/v1/auth/accept-invitation', { body })
      if (error !== undefined) throw error
    },
    // What it was given opens an account: nothing remembers it.
    gcTime: 0,
    async onSuccess() {
      await leaveOther()
      notifications.show({ title: texts.doneTitle, message: texts.done, autoClose: 15_000 })
      navigate('/sign-in', { replace: true })
    },
    onError(error) {
      if ('token' in failureOf(error).fields) onDead()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (password !== null) accept.mutate({ token, password })
      }}
    >
      <Stack>
        <FormFailure error={accept.error} fields={['password']} />
        <NewPassword
          label={texts.password}
          repeatLabel={texts.repeat}
          error={failureOf(accept.error).fields['password']}
          onChange={setPassword}
        />
        <Button type="submit" loading={accept.isPending} fullWidth>
          {texts.submit}
        </Button>
      </Stack>
    </form>
  )
}

/** Whoever was signed in here is somebody else: the new person begins with their own sign-in. */
async function leaveOther(): Promise<void> {
  if (readState() !== 'signed-in') return
  await endSession().catch(() => undefined)
  queryClient.clear()
}
