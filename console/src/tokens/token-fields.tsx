import { Button, Grid, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import type { Permission } from '../access/use-catalogue.ts'
import { FailureAlert } from '../components/failure.tsx'
import { formTexts } from '../texts/token-form.ts'
import type { Callable } from './callable.ts'
import { CallableOperations } from './callable-operations.tsx'
import type { Draft, Proposal } from './draft.ts'
import { ExpiryField } from './expiry-field.tsx'
import type { FormProps, Offer } from './form-props.ts'
import { type LeftOut, LeftOutReport } from './left-out.tsx'
import { PermissionsField } from './permissions-field.tsx'
import { StartFrom } from './start-from.tsx'
import { TenantsField } from './tenants-field.tsx'
import { useSame } from './use-same.ts'

type Props = Pick<FormProps, 'holdings' | 'isForAccount' | 'existing' | 'policy' | 'onCancel'> & {
  form: UseFormReturnType<Draft>
  offer: Offer
  leftOut: LeftOut
  error: unknown
  callable: Callable
  catalogue: ReadonlyMap<string, Permission>
  onPick: (proposal: Proposal) => void
  onReview: () => void
}

/** The form, and beside it what would come of it. */
export function TokenFields(props: Props) {
  const { form, offer, existing, leftOut, error, callable, onPick, onReview, onCancel } = props
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error !== null) top.current?.focus()
  }, [error])
  return (
    <form
      noValidate
      autoComplete="off"
      onSubmit={form.onSubmit(onReview, (errors) => focusFirst(top.current, errors))}
    >
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="xl">
            <Stack ref={top} tabIndex={-1} gap="sm" style={{ outline: 'none' }}>
              {error !== null && <FailureAlert error={error} />}
              <LeftOutReport {...leftOut} />
            </Stack>
            <StartFrom held={offer.held} existing={existing} onPick={onPick} />
            <Fields {...props} />
            <Group justify="space-between">
              <Button variant="default" onClick={onCancel}>
                {formTexts.cancel}
              </Button>
              <Button type="submit">{formTexts.review}</Button>
            </Group>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <CallableOperations callable={callable} />
        </Grid.Col>
      </Grid>
    </form>
  )
}

type FieldsProps = Pick<
  Props,
  'form' | 'offer' | 'holdings' | 'isForAccount' | 'policy' | 'catalogue' | 'callable'
>

function Fields({ form, offer, holdings, policy, catalogue, callable, ...props }: FieldsProps) {
  const about = props.isForAccount ? formTexts.ofAccount : formTexts.ofOneself
  const { values, errors, setFieldValue } = form
  const permissions = useSame(values.permissions)
  const tenants = useSame(values.tenants)
  // The same each time: with hundreds of choices, a letter in the name draws none of them anew.
  const setTenants = useCallback(
    (tenants: string[]) => setFieldValue('tenants', tenants),
    [setFieldValue],
  )
  const setPermissions = useCallback(
    (permissions: string[]) => setFieldValue('permissions', permissions),
    [setFieldValue],
  )
  const errorOf = (field: string) => (errors[field] ? String(errors[field]) : undefined)
  return (
    <>
      <TextInput
        label={formTexts.name}
        description={formTexts.nameHint}
        maxLength={100}
        {...form.getInputProps('name')}
        dir="auto"
      />
      <Textarea
        label={formTexts.purpose}
        description={formTexts.purposeHint}
        maxLength={500}
        autosize
        minRows={2}
        {...form.getInputProps('description')}
        dir="auto"
      />
      <ExpiryField
        value={values.expiry}
        onChange={(expiry) => form.setFieldValue('expiry', expiry)}
        policy={policy}
        error={errorOf('expiry')}
      />
      <Part title={formTexts.tenants} about={about.tenants} field="tenants">
        <TenantsField
          scope={holdings.tenants}
          value={tenants}
          onChange={setTenants}
          error={errorOf('tenants')}
        />
      </Part>
      <Part title={formTexts.permissions} about={about.permissions} field="permissions">
        <PermissionsField
          held={offer.held}
          catalogue={catalogue}
          value={permissions}
          onChange={setPermissions}
          idle={tenants.length > 0 ? callable.idle : none}
          error={errorOf('permissions')}
        />
      </Part>
    </>
  )
}

type PartProps = { title: string; about: string; field: string; children: ReactNode }

function Part({ title, about, field, children }: PartProps) {
  return (
    <Stack component="section" gap="xs" aria-label={title} data-field={field} tabIndex={-1}>
      <div>
        <Title order={2} size="h5">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      </div>
      {children}
    </Stack>
  )
}

const none: string[] = []

const order = ['name', 'description', 'expiry', 'tenants', 'permissions']

/** To the first thing that is missing, for those who can't see where it is said. */
function focusFirst(top: HTMLElement | null, errors: Record<string, unknown>): void {
  const first = order.find((field) => errors[field])
  const form = top?.closest('form')
  const target = form?.querySelector<HTMLElement>(
    `[data-path="${first}"], [data-field="${first}"] input, [data-field="${first}"]`,
  )
  target?.focus()
}
