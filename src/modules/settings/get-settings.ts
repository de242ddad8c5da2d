import { onPlatform } from '../../access/declaration.ts'
import type { Operation } from '../../operation.ts'
import { SettingsRef } from './resource.ts'

/** The platform's policies, which people with the permission may change while it runs. */
export const getSettings: Operation = (app, { prisma }) => {
  app.get(
    '/settings',
    {
      config: { access: onPlatform('settings.read') },
      schema: {
        operationId: 'getSettings',
        summary: 'See the settings of the platform',
        tags: ['settings'],
        response: { 200: SettingsRef },
      },
    },
    () => prisma.settings.findUniqueOrThrow({ where: { id: 1 } }),
  )
}
