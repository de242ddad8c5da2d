import { Stack, Switch, Text } from '@mantine/core'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { FailureAlert } from '../../components/failure.tsx'
import { noticeTexts as words } from '../../texts/notices.ts'

/** Saved as it is switched, which it says; where that fails it is as it was. */
export function ExpirySwitch({ isOn }: { isOn: boolean }) {
  const update = api.useMutation('patch', '/api/v1/me/notices', {
    // Before it is asked for anew: the switch doesn't go back for a moment.
    onSuccess: (saved) =>
      queryClient.setQueryData(api.queryOptions('get', '/api/v1/me/notices').queryKey, saved),
  })
  const { isPending, variables, data } = update
  const wanted = isPending ? variables.body.token_expiry : undefined
  return (
    <Stack gap="xs">
      <Switch
        label={words.tokenExpiry}
        description={words.tokenExpiryAbout}
        checked={wanted ?? isOn}
        onChange={({ currentTarget: { checked } }) => {
          if (!isPending) update.mutate({ body: { token_expiry: checked } })
        }}
      />
      <Text size="sm" c="dimmed" role="status">
        {isPending && words.saving}
        {data && (data.token_expiry ? words.savedOn : words.savedOff)}
      </Text>
      {update.error && <FailureAlert error={update.error} />}
    </Stack>
  )
}
