import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { Crashed } from './components/crashed.tsx'
import { NotFound } from './components/not-found.tsx'
import { ConsoleLayout } from './layouts/console-layout.tsx'
import { applications } from './pages/applications/routes.ts'
import { audit } from './pages/audit/routes.ts'
import { identities } from './pages/identities/routes.ts'
import { identityProviders } from './pages/identity-providers/routes.ts'
import { imports } from './pages/imports/routes.ts'
import { notices } from './pages/notices/routes.ts'
import { permissions } from './pages/permissions/routes.ts'
import { personnelEvents } from './pages/personnel-events/routes.ts'
import { roles } from './pages/roles/routes.ts'
import { security } from './pages/security/routes.ts'
import { serviceAccounts } from './pages/service-accounts/routes.ts'
import { system } from './pages/system/routes.ts'
import { tenants } from './pages/tenants/routes.ts'
import { tokens } from './pages/tokens/routes.ts'
import { users } from './pages/users/routes.ts'
import { webhooks } from './pages/webhooks/routes.ts'

/** Every page of the console. The server answers each with the same shell (src/http/console.ts). */
const routes: RouteObject[] = [
  {
    ErrorBoundary: Crashed,
    HydrateFallback: () => null,
    children: [
      { path: '/sign-in', lazy: () => import('./pages/sign-in.tsx') },
      { path: '/sign-in/returned', lazy: () => import('./pages/returned.tsx') },
      { path: '/accept-invitation', lazy: () => import('./pages/accept-invitation.tsx') },
      { path: '/forgot-password', lazy: () => import('./pages/forgot-password.tsx') },
      { path: '/reset-password', lazy: () => import('./pages/reset-password.tsx') },
    ],
  },
  {
    Component: ConsoleLayout,
    ErrorBoundary: Crashed,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: Crashed,
        children: [
          { path: '/', element: <Navigate to="/settings/tokens" replace /> },
          ...tokens,
          ...security,
          ...notices,
          ...serviceAccounts,
          ...users,
          ...tenants,
          ...roles,
          ...permissions,
          ...identities,
          ...personnelEvents,
          ...applications,
          ...imports,
          ...system,
          ...identityProviders,
          ...webhooks,
          ...audit,
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
]

export const router = createBrowserRouter(routes)
