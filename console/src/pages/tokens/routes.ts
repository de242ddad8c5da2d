import type { RouteObject } from 'react-router'

export const tokens: RouteObject[] = [
  { path: '/settings/tokens', lazy: () => import('./own-tokens.tsx') },
]
