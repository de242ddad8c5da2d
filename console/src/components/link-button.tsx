import { Button, type ButtonProps } from '@mantine/core'
import { Link } from 'react-router'
import type { Allowed } from '../access/use-allowed.ts'
import { AllowedButton } from './allowed-button.tsx'

/** A link that looks like a button; where one may not do what it leads to, it says why instead. */
export function LinkButton({
  to,
  allowed,
  ...props
}: ButtonProps & { to: string; allowed: Allowed }) {
  if (allowed.isAllowed) return <Button component={Link} to={to} {...props} />
  return <AllowedButton allowed={allowed} {...props} />
}
