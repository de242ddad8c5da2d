import { Button, Stack, Text } from '@mantine/core'
import { type SecondFactorDue, showSecondFactor } from '../api/sign-in.ts'
import { ProofForm } from '../second-factors/proof-form.tsx'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'

/** After the password: what else is due. */
export function SecondStep({ due, onBack }: { due: SecondFactorDue; onBack: () => void }) {
  return (
    <Stack>
      <div aria-live="polite">
        <Text size="sm">{texts.due}</Text>
        <Text size="sm" c="dimmed">
          {texts.dueUntil}
        </Text>
      </div>
      <ProofForm
        ways={due.methods}
        show={(proof) => showSecondFactor(due.challenge, proof)}
        passkeyOptions={async () => due.passkey_options}
        leave={
          <Button variant="subtle" color="gray" onClick={onBack}>
            {texts.beginAgain}
          </Button>
        }
      />
    </Stack>
  )
}
