import type { RouteObject } from 'react-router'

export const personnelEvents: RouteObject[] = [
  { path: '/personnel-events', lazy: () => import('./events.tsx') },
  { path: '/personnel-events/new', lazy: () => import('./new-event.tsx') },
  { path: '/personnel-events/:id', lazy: () => import('./event.tsx') },
]
