import type { RouteObject } from 'react-router'

export const imports: RouteObject[] = [
  { path: '/imports', lazy: () => import('./imports.tsx') },
  { path: '/imports/:id', lazy: () => import('./import.tsx') },
  { path: '/applications/:id/import', lazy: () => import('./upload.tsx') },
]
