import type { RouteObject } from 'react-router'

export const audit: RouteObject[] = [{ path: '/audit', lazy: () => import('./audit-log.tsx') }]
