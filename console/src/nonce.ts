import { setNonce } from 'get-nonce'

/** What the policy of this page asks of style elements: Mantine's, and those of its dialogs that lock scrolling. */
export const nonce =
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

setNonce(nonce)
