/** There while a request for a new token is on its way, and for so long after a page that will not see its answer. */
const onItsWay = 'postern_refresh_sent'
const onItsWaySeconds = 3

/**
 * The cookie must not be used twice. A page that is left or reloaded while its request is on its way lets that
 * go on (`keepalive`), so that the next cookie comes; whoever is next finds the mark of it, and gives it time.
 * The mark is a cookie, too: what one process puts into the storage another one may see milliseconds too late.
 */
export async function sendRefresh(): Promise<Response> {
  const deadline = performance.now() + 1000 * onItsWaySeconds
  while (document.cookie.includes(onItsWay) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is asynchronous, and not in every browser
  document.cookie = `${onItsWay}=1; max-age=${onItsWaySeconds}; path=/; samesite=strict`
  const response = await fetch('/api/v1/auth/refresh', { method: 'POST', keepalive: true })
  // Not where it has failed: to a page that is being left, a request that goes on looks like one that has.
  // biome-ignore lint/suspicious/noDocumentCookie: as above
  document.cookie = `${onItsWay}=; max-age=0; path=/; samesite=strict`
  return response
}
