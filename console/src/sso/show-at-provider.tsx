import { beginStepUp } from '../api/sso.ts'
import { providerWindowTexts, ssoTexts } from '../texts/sso.ts'
import { AtProvider } from './at-provider.tsx'
import { useOwnProvider } from './use-own-provider.ts'

/** Who signed in by a provider shows there, once more, that it is them. */
export function ShowAtProvider({ isFirst, onShown }: { isFirst: boolean; onShown: () => void }) {
  return (
    <AtProvider
      name={useOwnProvider() ?? providerWindowTexts.ownProvider}
      about={providerWindowTexts.about}
      sentences={ssoTexts.notConfirmed}
      begin={beginStepUp}
      onSuccess={onShown}
      isFirst={isFirst}
    />
  )
}
