import type { RouteObject } from 'react-router'

export const system: RouteObject[] = [
  { path: '/system/token-limit-requests', lazy: () => import('./limit-requests.tsx') },
]
