import { ScrollArea, Table, Text } from '@mantine/core'
import { auditTexts as texts } from '../../texts/audit.ts'
import { Value } from './value.tsx'

type State = Record<string, unknown> | null

/** Before and after side by side, field by field. What an event doesn't say of afterwards stayed as it was. */
export function Changes({ before, after }: { before: State; after: State }) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  if (fields.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {texts.noState}
      </Text>
    )
  }
  return (
    <ScrollArea type="auto">
      <Table
        role="table"
        withTableBorder
        aria-label={texts.changes}
        layout="fixed"
        verticalSpacing={6}
      >
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            <Table.Th role="columnheader" scope="col" w="24%">
              {texts.field}
            </Table.Th>
            {before && (
              <Table.Th role="columnheader" scope="col">
                {texts.before}
              </Table.Th>
            )}
            {after && (
              <Table.Th role="columnheader" scope="col">
                {texts.after}
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {fields.map((field) => (
            <Table.Tr role="row" key={field}>
              <Table.Th role="rowheader" scope="row" fw={500}>
                {field.replaceAll('_', ' ')}
              </Table.Th>
              {before && (
                <Table.Td role="cell" data-title={texts.before}>
                  <Value value={before[field]} other={after?.[field]} mark="removed" />
                </Table.Td>
              )}
              {after && (
                <Table.Td role="cell" data-title={texts.after}>
                  {field in after ? (
                    <Value value={after[field]} other={before?.[field]} mark="added" />
                  ) : (
                    <Text size="sm" c="dimmed">
                      {texts.unchanged}
                    </Text>
                  )}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
