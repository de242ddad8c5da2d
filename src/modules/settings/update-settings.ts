import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { onPlatform } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { sessionRequired } from '../../http/errors.ts'
import { Query } from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'
import { affectedTokens } from './affected-tokens.ts'
import { requireSound } from './require-sound.ts'
import { ChangedSettingsRef, type Settings, settingsFields, signInSettings } from './resource.ts'

const Body = Type.Partial(Type.Object(settingsFields), {
  additionalProperties: false,
  examples: [{ default_token_lifetime_days: 30, never_expiring_tokens_allowed: true }],
})

const QueryFields = Query({
  dry_run: Type.Boolean({ default: false, description: 'Answer the same and change nothing' }),
})

/**
 * Changes policies. They hold for what is made from now on: no token that is there is touched, and the
 * answer says how many of them would not be allowed any more.
 */
export const updateSettings: Operation = (app, { prisma }) => {
  app.patch(
    '/settings',
    {
      config: { access: onPlatform('settings.write'), stepUp: true },
      schema: {
        operationId: 'updateSettings',
        summary: 'Change settings of the platform',
        description: `Those of how people sign in are refused to tokens, which change the others alone: ${signInSettings.join(', ')}.`,
        tags: ['settings'],
        querystring: QueryFields,
        body: Body,
        response: { 200: ChangedSettingsRef },
      },
    },
    async (request) => {
      const { body, query, authority } = request
      const isSession = authority.credential.kind === 'session'
      if (!isSession && signInSettings.some((name) => name in body)) throw sessionRequired()
      return changing(prisma, request, {}, async (tx) => {
        await tx.$queryRaw`SELECT id FROM settings WHERE id = 1 FOR UPDATE`
        const before = await tx.settings.findUniqueOrThrow({ where: { id: 1 } })
        const after = { ...before, ...body }
        requireSound(after, body)
        const { changed, was } = difference(before, body)
        if (!query.dry_run && Object.keys(changed).length > 0) {
          await tx.settings.update({ where: { id: 1 }, data: changed })
          await recordEvent(tx, request, {
            action: 'settings.updated',
            target_type: 'settings',
            target_id: 'platform',
            before: was,
            after: changed,
          })
        }
        return { ...after, affected_tokens: await affectedTokens(tx, after) }
      })
    },
  )
}

/** Of what was asked for, that which is not so already, and what was there. */
function difference(before: Settings, asked: Partial<Settings>) {
  const names = (Object.keys(asked) as (keyof Settings)[]).filter(
    (name) => asked[name] !== before[name],
  )
  const of = (settings: Partial<Settings>): Partial<Settings> =>
    Object.fromEntries(names.map((name) => [name, settings[name]]))
  return { changed: of(asked), was: of(before) }
}
