import { Button, EmptyState } from '@mantine/core'
import { IconAddressBook } from '@tabler/icons-react'
import type { ListParams } from '../../components/use-list-params.ts'
import { identityTexts as words } from '../../texts/identities.ts'

export function NoIdentities({ params }: { params: ListParams }) {
  const isFiltered = Boolean(params.get('tenant') ?? params.get('status'))
  if (!isFiltered && params.search === '') {
    return (
      <EmptyState
        icon={<IconAddressBook aria-hidden />}
        title={words.empty}
        description={words.emptyAbout}
      />
    )
  }
  return (
    <EmptyState icon={<IconAddressBook aria-hidden />} title={words.nothingMatches}>
      {isFiltered && (
        <Button
          variant="default"
          onClick={() => params.set({ tenant: undefined, status: undefined })}
        >
          {words.clear}
        </Button>
      )}
    </EmptyState>
  )
}
