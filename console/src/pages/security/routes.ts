import type { RouteObject } from 'react-router'

export const security: RouteObject[] = []
