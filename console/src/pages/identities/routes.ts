import type { RouteObject } from 'react-router'

export const identities: RouteObject[] = [
  { path: '/identities', lazy: () => import('./identities.tsx') },
  { path: '/identities/:id', lazy: () => import('./identity.tsx') },
]
