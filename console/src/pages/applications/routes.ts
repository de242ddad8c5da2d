import type { RouteObject } from 'react-router'

export const applications: RouteObject[] = [
  { path: '/applications', lazy: () => import('./applications.tsx') },
  { path: '/applications/new', lazy: () => import('./new-application.tsx') },
  { path: '/applications/:id', lazy: () => import('./application.tsx') },
]
