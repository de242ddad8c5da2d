import type { RouteObject } from 'react-router'

export const users: RouteObject[] = [
  { path: '/users', lazy: () => import('./users.tsx') },
  { path: '/users/new', lazy: () => import('./new-user.tsx') },
  { path: '/users/:id', lazy: () => import('./user.tsx') },
  { path: '/users/:id/tokens/:token_id', lazy: () => import('./user-token.tsx') },
]
