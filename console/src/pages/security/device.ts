import { securityTexts as texts } from '../../texts/security.ts'

/** In this order: every browser also says that it is like those below it. */
const browsers: [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Headless)?(?:Chrome|CriOS)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** “Chrome on Linux”, as far as the browser has told; it may have told anything. */
export function deviceOf(user_agent: string | null): string {
  if (user_agent === null) return texts.unknownDevice
  const nameIn = (names: [RegExp, string][]) => names.find(([sign]) => sign.test(user_agent))?.[1]
  const browser = nameIn(browsers)
  const system = nameIn(systems)
  if (browser === undefined) return user_agent.slice(0, 40)
  return system === undefined ? browser : texts.on(browser, system)
}
