import { AppShell, Box, Burger, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { api } from '../api/client.ts'
import { failureOf } from '../api/errors.ts'
import { readState, renew, subscribe } from '../api/session.ts'
import { FailureAlert } from '../components/failure.tsx'
import { texts } from '../texts/common.ts'
import { navigation } from '../texts/navigation.ts'
import { AbovePage } from './above-page.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import classes from './console-layout.module.css'
import { Navigation } from './navigation.tsx'

const NotConfirmed = lazy(async () => ({
  default: (await import('./not-confirmed.tsx')).NotConfirmed,
}))

/** Around every page of somebody who is signed in; anybody else is sent to the sign-in, and back afterwards. */
export function ConsoleLayout() {
  const state = useSyncExternalStore(subscribe, readState)
  const { pathname, search } = useLocation()
  useEffect(() => {
    // Where nobody answers, the query for who this is tells and tries again.
    if (state === 'unknown') renew().catch(() => undefined)
  }, [state])
  if (state === 'signed-out') {
    return <Navigate to={`/sign-in?${new URLSearchParams({ from: pathname + search })}`} replace />
  }
  return <SignedIn isExpired={state === 'expired'} />
}

/** Who can't see that a page has come is told: the focus, and with it the reading, begins there. */
function useFocusOnPage(pathname: string): void {
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    document.getElementById('content')?.focus()
  }, [pathname])
}

function SignedIn({ isExpired }: { isExpired: boolean }) {
  const [isOpen, { toggle, close }] = useDisclosure()
  const { pathname } = useLocation()
  // Whoever comes back from a provider loads the console anew.
  const [hasReturned] = useState(() => new URLSearchParams(location.search).has('error'))
  const me = api.useQuery('get', '/api/v1/me')
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a narrow screen the menu closes where a page opens
  useEffect(close, [pathname])
  useFocusOnPage(pathname)
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 256, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#content" className={classes['skip']}>
        {texts.skip}
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap" gap="sm">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={texts.menu}
              aria-expanded={isOpen}
            />
            <Brand />
          </Group>
          {me.data && <AccountMenu me={me.data} />}
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={navigation.label}>
        {me.data && <Navigation me={me.data} />}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Box maw={1180} mx="auto">
          {me.error !== null && (!me.data || failureOf(me.error).isAway) && (
            <FailureAlert error={me.error} retry={me.refetch} />
          )}
          {me.data && hasReturned && (
            <Suspense>
              <NotConfirmed key={pathname} />
            </Suspense>
          )}
          {me.data && (
            <Suspense>
              <Outlet />
            </Suspense>
          )}
        </Box>
      </AppShell.Main>
      {me.data && <AbovePage email={me.data.email ?? ''} isExpired={isExpired} />}
    </AppShell>
  )
}
