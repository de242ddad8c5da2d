import type { RouteObject } from 'react-router'

export const roles: RouteObject[] = [
  { path: '/roles', lazy: () => import('./roles.tsx') },
  { path: '/roles/new', lazy: () => import('./new-role.tsx') },
  { path: '/roles/:id', lazy: () => import('./role.tsx') },
  { path: '/roles/:id/edit', lazy: () => import('./edit-role.tsx') },
]
