import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useSearchParams } from 'react-router'
import type { components } from '../../generated/api.d.ts'
import { linkedParameter } from '../../sso/returned-failure.ts'
import { externalIdentityTexts as texts } from '../../texts/sso.ts'

/** Says that an identity has been linked, once, where it really has: the address alone is no proof of it. */
export function useJustLinked(identities: components['schemas']['ExternalIdentity'][] | undefined) {
  const [params, setParams] = useSearchParams()
  const provider = params.get(linkedParameter)
  const hasFailed = params.has('error')
  useEffect(() => {
    if (provider === null || identities === undefined || hasFailed) return
    const linked = identities.find(({ identity_provider: { id } }) => id === provider)
    if (linked) {
      const message = texts.linked(linked.identity_provider.name)
      notifications.show({ message, color: 'green' })
    }
    const next = new URLSearchParams(params)
    next.delete(linkedParameter)
    setParams(next, { replace: true })
  }, [provider, identities, hasFailed, params, setParams])
}
