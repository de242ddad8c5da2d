import { Button, Divider, Group, Modal, Stack, Text } from '@mantine/core'
import { type Demand, declineDemand, meetDemand } from '../api/demands.ts'
import { stepUp, stepUpOptions } from '../api/sign-in.ts'
import { useFocusBack } from '../components/use-focus-back.ts'
import { ProofForm } from '../second-factors/proof-form.tsx'
import { ShowAtProvider } from '../sso/show-at-provider.tsx'
import { texts as common } from '../texts/common.ts'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import { leave } from './leave.ts'

/** Asks who is signed in to show that it is them. What waited is sent again then; or not, where they don't want to. */
export function ShowAgain({ demand: { kind, methods } }: { demand: Demand }) {
  useFocusBack()
  const isDeclinable = kind === 'reauthentication_required'
  const ways = methods.filter((method) => method !== 'sso')
  const hasProvider = methods.includes('sso')
  const leaving = isDeclinable ? (
    <Button variant="default" onClick={() => declineDemand(kind)}>
      {common.cancel}
    </Button>
  ) : (
    <SignOut />
  )
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={isDeclinable ? texts.isItYou : texts.factorFirst}
      centered
    >
      <Stack>
        <Text size="sm">{isDeclinable ? texts.isItYouAbout : texts.factorFirstAbout}</Text>
        {ways.length > 0 && (
          <ProofForm
            ways={ways}
            show={async (proof) => {
              await stepUp(proof)
              meetDemand(kind)
            }}
            passkeyOptions={stepUpOptions}
            leave={leaving}
          />
        )}
        {ways.length > 0 && hasProvider && <Divider label={texts.or} />}
        {hasProvider && (
          <ShowAtProvider isFirst={ways.length === 0} onShown={() => meetDemand(kind)} />
        )}
        {ways.length === 0 && (
          <Group justify="flex-end">
            <SignOut />
            {isDeclinable && leaving}
          </Group>
        )}
      </Stack>
    </Modal>
  )
}

function SignOut() {
  return (
    <Button variant="subtle" color="gray" onClick={leave}>
      {texts.signOutInstead}
    </Button>
  )
}
