import { Anchor, Button, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { failureOf } from '../api/errors.ts'
import { queryClient } from '../api/query-client.ts'
import { endSession, readState } from '../api/session.ts'
import { NarrowLayout } from '../layouts/narrow-layout.tsx'
import { FormFailure } from './form-failure.tsx'
import { NewPassword } from './new-password.tsx'

type Texts = {
  title: string
  about: string
  password: string
  repeat: string
  submit: string
  doneTitle: string
  done: string
  goOn: string
  deadTitle: string
  dead: string
  incompleteTitle: string
  incomplete: string
}

type Props = {
  texts: Texts
  /** What the API calls the password, and so the fault of it. */
  field: string
  /** Sets it; throws what the API answered. */
  send: (token: string, password: string) => Promise<void>
}

const readToken = () => new URLSearchParams(location.hash.slice(1)).get('token')

/** A page that a link of a mail leads to, with a one-time token, to set a password. */
export function PasswordByLink(props: Props) {
  const { texts } = props
  const [token] = useState(readToken)
  const [isDead, setDead] = useState(false)
  // It opens an account: no history keeps it, and no picture of the address bar shows it.
  useEffect(() => history.replaceState(history.state, '', location.pathname), [])
  if (!token)
    return <NotGood title={texts.incompleteTitle} text={texts.incomplete} goOn={texts.goOn} />
  if (isDead) return <NotGood title={texts.deadTitle} text={texts.dead} goOn={texts.goOn} />
  return (
    <NarrowLayout title={texts.title}>
      <Text size="sm">{texts.about}</Text>
      <PasswordForm {...props} token={token} onDead={() => setDead(true)} />
    </NarrowLayout>
  )
}

function NotGood({ title, text, goOn }: { title: string; text: string; goOn: string }) {
  return (
    <NarrowLayout title={title}>
      <Text size="sm" role="alert">
        {text}
      </Text>
      <Anchor component={Link} to="/sign-in" replace size="sm">
        {goOn}
      </Anchor>
    </NarrowLayout>
  )
}

function PasswordForm({
  texts,
  field,
  send,
  token,
  onDead,
}: Props & { token: string; onDead: () => void }) {
  const navigate = useNavigate()
  const [password, setPassword] = useState<string | null>(null)
  const setting = useMutation({
    mutationFn: (chosen: string) => send(token, chosen),
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
        if (password !== null) setting.mutate(password)
      }}
    >
      <Stack>
        <FormFailure error={setting.error} fields={[field]} />
        <NewPassword
          label={texts.password}
          repeatLabel={texts.repeat}
          error={failureOf(setting.error).fields[field]}
          onChange={setPassword}
        />
        <Button type="submit" loading={setting.isPending} fullWidth>
          {texts.submit}
        </Button>
      </Stack>
    </form>
  )
}

/** Whoever was signed in here may be somebody else: whose link this is begins with their own sign-in. */
async function leaveOther(): Promise<void> {
  if (readState() !== 'signed-in') return
  await endSession().catch(() => undefined)
  queryClient.clear()
}
