import type { RouteObject } from 'react-router'

export const tokens: RouteObject[] = [
  { path: '/settings/tokens', lazy: () => import('./own-tokens.tsx') },
  { path: '/settings/tokens/new', lazy: () => import('./new-token.tsx') },
  { path: '/settings/tokens/:id', lazy: () => import('./own-token.tsx') },
]
