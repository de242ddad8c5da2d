import { Group, SimpleGrid, Text, ThemeIcon, UnstyledButton } from '@mantine/core'
import { IconCircleCheck, IconClockExclamation, IconInfinity, IconZzz } from '@tabler/icons-react'
import type { ListParams } from '../components/use-list-params.ts'
import { tokenTexts } from '../texts/tokens.ts'
import classes from './token-cards.module.css'
import { type Card, cards, isOn } from './token-state.ts'
import type { Token } from './types.ts'

const icons = {
  active: IconCircleCheck,
  expiring: IconClockExclamation,
  never: IconInfinity,
  idle: IconZzz,
} satisfies Record<Card, unknown>

/** How many live tokens are like this; a click shows only those, and another all. */
export function TokenCards({ live, params }: { live: readonly Token[]; params: ListParams }) {
  const shown = params.get('show')
  const now = Date.now()
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm" role="group" aria-label={tokenTexts.filters}>
      {cards.map((card) => {
        const count = live.filter((token) => isOn(card, token, now)).length
        const isPressed = shown === card
        const Icon = icons[card]
        return (
          <UnstyledButton
            key={card}
            p="md"
            className={classes['card'] ?? ''}
            aria-pressed={isPressed}
            onClick={() => params.set({ show: isPressed ? undefined : card, ended: undefined })}
          >
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <div>
                <Text fw={600}>{tokenTexts.cards[card]}</Text>
                <Text size="sm" c="dimmed">
                  {tokenTexts.cardsAbout[card]}
                </Text>
              </div>
              <ThemeIcon variant="transparent" color="gray" size="sm">
                <Icon size={18} aria-hidden />
              </ThemeIcon>
            </Group>
            <Text fz={26} fw={650} lh={1.2} mt={6}>
              {count}
            </Text>
          </UnstyledButton>
        )
      })}
    </SimpleGrid>
  )
}

export function shownCard(params: ListParams): Card | undefined {
  return cards.find((card) => card === params.get('show'))
}
