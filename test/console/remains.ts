import type { Page } from 'playwright-core'

/** Everything that a page shows, and that it leaves behind where it outlives what is shown. As text, to be searched. */
export const remainsOf = (page: Page): Promise<string> => page.evaluate(look)

/** Runs in the page, whose types the tests don't have. */
const look = `(async () => {
  const cached = []
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const key of await cache.keys()) cached.push(key.url, await (await cache.match(key)).text())
  }
  const asked = performance.getEntriesByType('resource').map(({ name }) => name)
  const kept = asked.filter((url) => url.includes('/api/')).map((url) =>
    fetch(url, { cache: 'only-if-cached', mode: 'same-origin' }).then(
      (answer) => answer.text(),
      () => '',
    ),
  )
  return JSON.stringify([
    document.documentElement.outerHTML,
    [...document.querySelectorAll('input, textarea')].map(({ value }) => value),
    { ...localStorage },
    { ...sessionStorage },
    document.cookie,
    history.state,
    location.href,
    await indexedDB.databases(),
    asked,
    cached,
    await Promise.all(kept),
  ])
})()`
