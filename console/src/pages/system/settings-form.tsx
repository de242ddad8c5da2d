import { Alert, Fieldset, Group, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FailureAlert } from '../../components/failure.tsx'
import { Time } from '../../components/time.tsx'
import { settingsTexts as texts } from '../../texts/settings.ts'
import { NumberSetting, type NumberSettingName } from './number-setting.tsx'
import { PolicySetting } from './policy-setting.tsx'
import { changedIn, type Draft, type SettingName, type Settings } from './settings-draft.ts'
import { SettingsReview } from './settings-review.tsx'

/** What is typed is reviewed first, with what it touches: nothing is saved that hasn't been read. */
export function SettingsForm({ now }: { now: Settings }) {
  const allowed = useAllowed('settings.write')
  const [typed, setTyped] = useState<Partial<Draft>>({})
  // As it was previewed: that is what is saved, whatever is changed by somebody else meanwhile.
  const [previewed, setPreviewed] = useState<Partial<Settings> | null>(null)
  const preview = api.useMutation('patch', '/api/v1/settings')
  // Where somebody else saves meanwhile, theirs is shown where nothing has been typed.
  const draft: Draft = { ...now, ...typed }
  const changed = changedIn(draft, now)
  const { fields } = failureOf(preview.error)
  const areBesideFields = Object.keys(fields).length > 0
  const set = (name: SettingName) => (value: Draft[SettingName]) =>
    setTyped((before) => ({ ...before, [name]: value }))
  const field = (name: NumberSettingName) => ({
    name,
    value: draft[name],
    error: fields[name],
    isReadOnly: !allowed.isAllowed,
    set: set(name),
  })
  function review() {
    preview.mutate(
      { params: { query: { dry_run: true } }, body: changed },
      { onSuccess: () => setPreviewed(changed) },
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (allowed.isAllowed && Object.keys(changed).length > 0) review()
      }}
      noValidate
    >
      <Stack maw={720}>
        {allowed.reason && <Alert color="gray">{texts.readOnly}</Alert>}
        {preview.error !== null && !areBesideFields && <FailureAlert error={preview.error} />}
        <Fieldset legend={texts.tokens}>
          <Stack>
            <NumberSetting {...field('default_token_lifetime_days')} />
            <NumberSetting {...field('max_token_lifetime_days')} />
            <Switch
              label={texts.fields.never_expiring_tokens_allowed.label}
              description={texts.fields.never_expiring_tokens_allowed.about}
              checked={draft.never_expiring_tokens_allowed === true}
              disabled={!allowed.isAllowed}
              onChange={({ currentTarget }) =>
                set('never_expiring_tokens_allowed')(currentTarget.checked)
              }
            />
          </Stack>
        </Fieldset>
        <Fieldset legend={texts.passwords}>
          <NumberSetting {...field('password_min_length')} />
        </Fieldset>
        <Fieldset legend={texts.sessions}>
          <Stack>
            <NumberSetting {...field('session_idle_minutes')} />
            <NumberSetting {...field('session_lifetime_minutes')} />
            {now.credentials_valid_from && (
              <Text size="sm">
                {texts.validFrom} <Time at={now.credentials_valid_from} />
              </Text>
            )}
          </Stack>
        </Fieldset>
        <Fieldset legend={texts.secondFactors}>
          <Stack>
            <PolicySetting
              value={draft.second_factor}
              isReadOnly={!allowed.isAllowed}
              set={set('second_factor')}
            />
            <NumberSetting {...field('step_up_minutes')} />
          </Stack>
        </Fieldset>
        <Group justify="flex-end">
          <AllowedButton
            type="submit"
            allowed={Object.keys(changed).length > 0 ? allowed : unchangedOr(allowed)}
            loading={preview.isPending}
          >
            {texts.review}
          </AllowedButton>
        </Group>
      </Stack>
      {previewed && preview.data && (
        <SettingsReview
          now={now}
          changed={previewed}
          touched={preview.data.affected_tokens}
          onClose={() => setPreviewed(null)}
          onSaved={() => setTyped({})}
        />
      )}
    </form>
  )
}

const unchangedOr = ({ isAllowed, reason }: { isAllowed: boolean; reason: string | null }) => ({
  isAllowed: false,
  reason: isAllowed ? texts.unchanged : reason,
})
