import type { RouteObject } from 'react-router'

export const serviceAccounts: RouteObject[] = []
