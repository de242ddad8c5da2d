import { Pill } from '@mantine/core'
import { formTexts } from '../texts/token-form.ts'
import classes from './choices.module.css'

type Props = { name: string; onRemove: () => void }

/** What has been chosen, above the list that it was chosen from; taken back by its button. */
export function Chosen({ name, onRemove }: Props) {
  return (
    <Pill
      className={classes['chosen'] ?? ''}
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{
        'aria-label': formTexts.remove(name),
        tabIndex: 0,
        'aria-hidden': false,
      }}
    >
      <bdi>{name}</bdi>
    </Pill>
  )
}
