import type { RouteObject } from 'react-router'

export const tenants: RouteObject[] = [
  { path: '/tenants', lazy: () => import('./tenants.tsx') },
  { path: '/tenants/new', lazy: () => import('./new-tenant.tsx') },
  { path: '/tenants/:id', lazy: () => import('./tenant.tsx') },
]
