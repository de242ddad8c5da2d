/** A command that shows at once whether the token works. */
export const curlOf = (token: string): string =>
  `curl -H "Authorization: Bearer ${token}" ${location.origin}/api/v1/me`

/** Saves the token as a file of environment variables. */
export function downloadEnv(name: string, token: string): void {
  const content = `# ${name}\nPOSTERN_URL=${location.origin}\nPOSTERN_TOKEN=${token}\n`
  saveFile('postern.env', content)
}

/** The file lives in memory until the browser has it. */
export function saveFile(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url))
}
