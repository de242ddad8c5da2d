import type { RouteObject } from 'react-router'

export const webhooks: RouteObject[] = [
  { path: '/webhooks', lazy: () => import('./webhooks.tsx') },
  { path: '/webhooks/new', lazy: () => import('./new-webhook.tsx') },
  { path: '/webhooks/:id', lazy: () => import('./webhook.tsx') },
]
