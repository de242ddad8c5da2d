import type { RouteObject } from 'react-router'

export const notices: RouteObject[] = [
  { path: '/settings/notices', lazy: () => import('./notices.tsx') },
]
