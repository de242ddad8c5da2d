import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { MouseEventHandler } from 'react'
import type { Allowed } from '../access/use-allowed.ts'

type Props = ButtonProps & {
  allowed: Allowed
  onClick?: MouseEventHandler
  type?: 'button' | 'submit'
}

/** A button for what one may not do stays where it is and says why; it can be reached, and read, by keyboard. */
export function AllowedButton({ allowed: { isAllowed, reason }, onClick, ...props }: Props) {
  if (isAllowed) return <Button {...props} {...(onClick && { onClick })} />
  return (
    <Tooltip
      label={reason}
      disabled={reason === null}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        {...props}
        type="button"
        aria-disabled
        data-disabled
        {...(reason !== null && { 'aria-description': reason })}
        onClick={(event) => event.preventDefault()}
      />
    </Tooltip>
  )
}
