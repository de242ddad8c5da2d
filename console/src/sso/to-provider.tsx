import { ssoTexts } from '../texts/sso.ts'
import classes from './to-provider.module.css'

/** For the buttons that lead to a provider. */
export const toProviderClasses = {
  root: classes['button'] ?? '',
  label: classes['label'] ?? '',
}

export function ToProvider({ name }: { name: string }) {
  return (
    <span>
      {ssoTexts.goOnWith} <bdi>{name}</bdi>
    </span>
  )
}
