/** What a mail says, before it is set. All of it is text: whatever it holds is escaped where it is set. */
export type Content = {
  subject: string
  /** What has happened, or is asked for; a paragraph each. */
  paragraphs: string[]
  items?: string[]
  link?: { label: string; url: string }
  /** What to do if it comes as a surprise, or why it comes at all. */
  closing: string
}

export type Letter = { subject: string; text: string; html: string; link: string | null }

/** The one layout: as text, and as HTML that says the same in the same order, without images, scripts or styles from elsewhere. */
export function letterOf({ subject, paragraphs, items = [], link, closing }: Content): Letter {
  const plain = [
    ...paragraphs.map(flat),
    ...(items.length > 0 ? [items.map((item) => `- ${flat(item)}`).join('\n')] : []),
    ...(link ? [`${link.label}:\n${link.url}`] : []),
    flat(closing),
  ]
  const title = oneLine(subject)
  return {
    subject: title,
    text: `${plain.join('\n\n')}\n`,
    html: page(title, [
      ...paragraphs.map((text) => `<p>${escaped(text)}</p>`),
      ...(items.length > 0
        ? [`<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`]
        : []),
      ...(link ? [`<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`] : []),
      `<p style="color:#555">${escaped(closing)}</p>`,
    ]),
    link: link?.url ?? null,
  }
}

function page(title: string, parts: string[]): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px;background:#fff;color:#111;font:16px/1.5 system-ui,sans-serif">
<main style="max-width:36em">
<h1 style="font-size:20px">${escaped(title)}</h1>
${parts.join('\n')}
</main>
</body>
</html>
`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string =>
  flat(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')

/** Neither what begins a line that would look like one of ours, nor what turns text around. */
const flat = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')

const oneLine = (text: string): string => flat(text).slice(0, 200)
