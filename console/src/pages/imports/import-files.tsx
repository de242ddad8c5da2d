import { Stack, Table, Text, Title } from '@mantine/core'
import type { Import } from '../../imports/types.ts'
import { size, importDetailTexts as words } from '../../texts/imports.ts'

/** What it was made of. */
export function ImportFiles({ shown: { files } }: { shown: Import }) {
  return (
    <Stack gap="sm" component="section" aria-label={words.files}>
      <Title order={2} size="h4">
        {words.files}
      </Title>
      {files.length === 0 ? (
        <Text size="sm">{words.noFiles}</Text>
      ) : (
        <Table aria-label={words.files} withTableBorder maw={720}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{words.group}</Table.Th>
              <Table.Th scope="col">{words.fileName}</Table.Th>
              <Table.Th scope="col">{words.fileSize}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {files.map((file) => (
              <Table.Tr key={file.id}>
                <Table.Td>
                  <bdi>{file.file_group}</bdi>
                </Table.Td>
                <Table.Td>
                  <bdi>{file.name}</bdi>
                </Table.Td>
                <Table.Td>{size(file.size)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  )
}
