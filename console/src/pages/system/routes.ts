import type { RouteObject } from 'react-router'

export const system: RouteObject[] = [
  { path: '/system/settings', lazy: () => import('./settings.tsx') },
]
