import { Button, Group, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRef, useState } from 'react'
import { useMe } from '../../access/me.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { FormFailure } from '../../components/form-failure.tsx'
import { NewPassword } from '../../components/new-password.tsx'
import { securityTexts as texts } from '../../texts/security.ts'

const fields = ['current_password', 'new_password']

export function ChangePassword() {
  // A form of its own for each password: what was typed is gone once it has been used.
  const [count, setCount] = useState(0)
  return (
    <Paper withBorder p="lg">
      <Stack maw={480}>
        <div>
          <Title order={2} size="h4">
            {texts.password}
          </Title>
          <Text size="sm" c="dimmed">
            {texts.passwordAbout}
          </Text>
        </div>
        <PasswordForm key={count} onChanged={() => setCount(count + 1)} />
      </Stack>
    </Paper>
  )
}

function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const { email } = useMe()
  const [current_password, setCurrent] = useState('')
  const [new_password, setNew] = useState<string | null>(null)
  const current = useRef<HTMLInputElement>(null)
  const policy = api.useQuery('get', '/api/v1/me/password-policy').data
  const change = api.useMutation('post', '/api/v1/me/password', {
    // Nothing remembers the passwords.
    gcTime: 0,
    onSuccess() {
      notifications.show({ title: texts.changed, message: texts.changedAbout, color: 'green' })
      onChanged()
    },
    onError(error) {
      if ('current_password' in failureOf(error).fields) current.current?.focus()
    },
  })
  const wrong = failureOf(change.error).fields
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (new_password !== null) change.mutate({ body: { current_password, new_password } })
      }}
    >
      <Stack>
        <FormFailure error={change.error} fields={fields} />
        {/* For the password manager, which keeps a password by its name. */}
        <input type="text" autoComplete="username" value={email ?? ''} readOnly hidden />
        <PasswordInput
          ref={current}
          label={texts.current}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current_password}
          onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
          error={wrong['current_password']}
        />
        <NewPassword
          label={texts.next}
          repeatLabel={texts.repeat}
          description={policy && texts.atLeast(policy.password_min_length)}
          error={wrong['new_password']}
          onChange={setNew}
        />
        <Group>
          <Button type="submit" loading={change.isPending}>
            {texts.change}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
