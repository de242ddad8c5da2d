import type { RouteObject } from 'react-router'

export const security: RouteObject[] = [
  { path: '/settings/security', lazy: () => import('./security.tsx') },
]
