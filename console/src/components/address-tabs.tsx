import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'

type Props = {
  label: string
  tabs: readonly { value: string; label: string; content: ReactNode }[]
}

/** Tabs, of which the address says (`?tab=`) which is open. Parameters belong to one tab, and end with it. */
export function AddressTabs({ label, tabs }: Props) {
  const [params, setParams] = useSearchParams()
  const asked = params.get('tab')
  const open = tabs.find(({ value }) => value === asked) ?? tabs[0]
  return (
    <Tabs
      value={open?.value ?? null}
      onChange={(tab) => setParams(tab === null || tab === tabs[0]?.value ? {} : { tab })}
      keepMounted={false}
    >
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ value, content }) => (
        <Tabs.Panel key={value} value={value} pt="lg">
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
