import { StateBadge } from '../../components/state-badge.tsx'
import { providersTexts as texts } from '../../texts/identity-providers.ts'

export function ProviderState({ isEnabled }: { isEnabled: boolean }) {
  return (
    <StateBadge tone={isEnabled ? 'good' : 'stopped'}>
      {isEnabled ? texts.enabled : texts.disabled}
    </StateBadge>
  )
}
