import type { RouteObject } from 'react-router'

export const tenants: RouteObject[] = []
