import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { publicClient } from '../api/client.ts'
import { failureOf } from '../api/errors.ts'
import { FormFailure } from '../components/form-failure.tsx'
import { NarrowLayout } from '../layouts/narrow-layout.tsx'
import { forgottenTexts as texts } from '../texts/password-reset.ts'

/** Asks for a mail. What is said then is the same for everybody: whether there is such a person is not known here. */
export function Component() {
  const [email, setEmail] = useState('')
  const asking = useMutation({
    mutationFn: async (body: { email: string }) => {
      const { error } = await publicClient.POST('/api/v1/auth/password-reset', { body })
      if (error !== undefined) throw error
    },
  })
  if (asking.isSuccess) {
    return (
      <NarrowLayout title={texts.askedTitle}>
        <Text size="sm" role="status">
          {texts.asked}
        </Text>
        <Back />
      </NarrowLayout>
    )
  }
  return (
    <NarrowLayout title={texts.title}>
      <Text size="sm">{texts.about}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          asking.mutate({ email })
        }}
      >
        <Stack>
          <FormFailure error={asking.error} fields={['email']} />
          <TextInput
            label={texts.email}
            type="email"
            name="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            error={failureOf(asking.error).fields['email']}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <Button type="submit" loading={asking.isPending} fullWidth>
            {texts.submit}
          </Button>
        </Stack>
      </form>
      <Back />
    </NarrowLayout>
  )
}

function Back() {
  return (
    <Anchor component={Link} to="/sign-in" replace size="sm">
      {texts.back}
    </Anchor>
  )
}
