import type { RouteObject } from 'react-router'

export const system: RouteObject[] = []
