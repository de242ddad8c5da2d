import type { RouteObject } from 'react-router'

export const permissions: RouteObject[] = []
