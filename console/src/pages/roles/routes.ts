import type { RouteObject } from 'react-router'

export const roles: RouteObject[] = []
