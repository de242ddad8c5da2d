import type { RouteObject } from 'react-router'

export const permissions: RouteObject[] = [
  { path: '/permissions', lazy: () => import('./permissions.tsx') },
]
