import type { RouteObject } from 'react-router'

export const serviceAccounts: RouteObject[] = [
  { path: '/service-accounts', lazy: () => import('./accounts.tsx') },
  { path: '/service-accounts/new', lazy: () => import('./new-account.tsx') },
  { path: '/service-accounts/:id', lazy: () => import('./account.tsx') },
  { path: '/service-accounts/:id/tokens/new', lazy: () => import('./new-account-token.tsx') },
  { path: '/service-accounts/:id/tokens/:token_id', lazy: () => import('./account-token.tsx') },
]
