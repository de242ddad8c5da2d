import type { RouteObject } from 'react-router'

export const identityProviders: RouteObject[] = [
  { path: '/system/identity-providers', lazy: () => import('./providers.tsx') },
  { path: '/system/identity-providers/new', lazy: () => import('./new-provider.tsx') },
  { path: '/system/identity-providers/:id', lazy: () => import('./provider.tsx') },
]
