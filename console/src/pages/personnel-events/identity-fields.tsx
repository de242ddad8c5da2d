import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { FormPart } from '../../components/form-part.tsx'
import { IdentityPicker } from '../../identities/identity-picker.tsx'
import type { Identity } from '../../identities/types.ts'
import { identityDetailTexts } from '../../texts/identities.ts'
import { newEventTexts as words } from '../../texts/personnel-events.ts'

const work = ['title', 'department', 'division', 'company', 'office'] as const

export type Person = Record<
  'first_name' | 'last_name' | 'email' | 'identity_type' | (typeof work)[number],
  string
> & { supervisor: Identity | null }

export const emptyPerson: Person = {
  first_name: '',
  last_name: '',
  email: '',
  title: '',
  department: '',
  division: '',
  company: '',
  office: '',
  identity_type: 'employee',
  supervisor: null,
}

type Props = {
  person: Person
  change: (values: Partial<Person>) => void
  tenant_id: string | null
  wrong: Record<string, string>
}

const types = Object.entries(identityDetailTexts.types).map(([value, label]) => ({ value, label }))

/** Who comes, and what they will do. */
export function IdentityFields({ person, change, tenant_id, wrong }: Props) {
  const mayLook = holdsAnywhere(useMe(), 'identities.read')
  const field = (name: Exclude<keyof Person, 'supervisor'>, label: string) => ({
    label,
    autoComplete: 'off',
    value: person[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      change({ [name]: currentTarget.value }),
    error: wrong[`identity.${name}`],
  })
  return (
    <>
      <FormPart title={words.who}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="sm">
          <TextInput {...field('first_name', words.firstName)} required withAsterisk={false} />
          <TextInput {...field('last_name', words.lastName)} required withAsterisk={false} />
        </SimpleGrid>
        <TextInput
          {...field('email', words.email)}
          description={words.emailAbout}
          type="email"
          mt="sm"
        />
      </FormPart>
      <FormPart title={words.work}>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="sm">
            {work.map((name) => (
              <TextInput key={name} {...field(name, identityDetailTexts[name])} />
            ))}
            <Select
              label={identityDetailTexts.type}
              data={types}
              allowDeselect={false}
              value={person.identity_type}
              onChange={(identity_type) => {
                if (identity_type) change({ identity_type })
              }}
              error={wrong['identity.identity_type']}
            />
          </SimpleGrid>
          {mayLook && tenant_id !== null && (
            <IdentityPicker
              label={words.supervisor}
              chosen={person.supervisor}
              onChoose={(supervisor) => change({ supervisor })}
              tenant_id={tenant_id}
              status="active"
              clearable
              wrong={wrong['identity.supervisor_id']}
            />
          )}
        </Stack>
      </FormPart>
    </>
  )
}

/** As the API takes it: what isn't said is left out. */
export function identityOf({ supervisor, first_name, last_name, ...rest }: Person) {
  const said = Object.entries(rest).filter(([, value]) => value.trim() !== '')
  return {
    first_name: first_name.trim(),
    last_name: last_name.trim(),
    ...Object.fromEntries(said.map(([name, value]) => [name, value.trim()])),
    ...(supervisor && { supervisor_id: supervisor.id }),
  }
}

/** Those that show their own errors. */
export const identityFields = [...Object.keys(emptyPerson), 'supervisor_id'].map(
  (name) => `identity.${name}`,
)
