import type { RouteObject } from 'react-router'

export const users: RouteObject[] = []
