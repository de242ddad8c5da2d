import type { RouteObject } from 'react-router'

export const system: RouteObject[] = [
  { path: '/system/tokens', lazy: () => import('./system-tokens.tsx') },
  { path: '/system/tokens/new', lazy: () => import('./new-system-token.tsx') },
  { path: '/system/token-limit-requests', lazy: () => import('./limit-requests.tsx') },
  { path: '/system/settings', lazy: () => import('./settings.tsx') },
]
