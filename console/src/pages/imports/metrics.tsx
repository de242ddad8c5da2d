import { Anchor, Group, Stack, Title } from '@mantine/core'
import { Link } from 'react-router'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import type { Metrics as Counts, Import } from '../../imports/types.ts'
import { importDetailTexts as words } from '../../texts/imports.ts'
import classes from './metrics.module.css'

type Props = { shown: Import; metrics: Counts }

/** In the order in which one asks; what the server counts besides is not left out. */
const names: Record<string, string> = words.metricsAbout
const known = Object.keys(names)

/** What an import has brought, or would bring. */
export function Metrics({ shown: { status, application }, metrics }: Props) {
  const mayRead = holdsAnywhere(useMe(), 'applications.read')
  const numbers = Object.entries(metrics).sort(
    ([one], [other]) => known.indexOf(one) - known.indexOf(other),
  )
  const title = status === 'finished' ? words.metrics : words.metricsPaused
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {title}
        </Title>
        {mayRead && status === 'finished' && (
          <Anchor component={Link} to={`/applications/${application.id}?tab=accounts`} size="sm">
            {words.toAccounts}
          </Anchor>
        )}
      </Group>
      <dl className={classes['metrics']}>
        {numbers.map(([name, count]) => (
          <div key={name} className={classes['metric']}>
            <dt>{names[name] ?? name}</dt>
            <dd>
              {name === 'change_percent' ? words.percentOf(count) : count.toLocaleString('en')}
            </dd>
          </div>
        ))}
      </dl>
    </Stack>
  )
}
