import { describe, expect, it } from 'vitest'
import { letterOf } from '../../src/mail/letter.ts'
import { writeLetter } from '../../src/mail/letters.ts'

const given = { publicUrl: 'https://postern.example', link: 'https://postern.example/x#token=abc' }
const at = '2026-11-23T09:30:00.000Z'

describe('A letter', () => {
  it('says the same as text and as HTML, in the same order, under one heading', () => {
    const { subject, text, html, link } = writeLetter('password_reset', { ip: '192.0.2.7' }, given)
    expect(subject).toBe('Set a new password')
    expect(link).toBe(given.link)
    const shown = html
      .replace(/<head>.*<\/head>/s, '')
      .replace(/<a href="([^"]+)">([^<]+)<\/a>/, '$2:\n$1')
      .replaceAll(/<[^>]+>/g, '')
      .split(/\n+/)
      .filter((line) => line !== '')
    expect(shown.slice(1)).toEqual(text.split(/\n+/).filter((line) => line !== ''))
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).toContain('<html lang="en">')
    expect(html).not.toMatch(/<(img|script|link|style|form)\b/)
  })

  it('holds what people have named as text, never as markup', () => {
    const name = `<img src=x onerror=alert(1)>"'&`
    const about = { name, owner: name, tenant: name, reason: '</p><script>', at }
    const { html, text } = writeLetter('token_blocked', about, given)
    expect(html).not.toContain('<img')
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;')
    expect(text).toContain(name)
  })

  it('has a subject of one line, without what turns text around', () => {
    const name = 'CI\r\nBcc: eve@example.com\u2028x\u202e'
    const about = { name, owner: 'Ada', by: 'Ada', at }
    const { subject } = writeLetter('token_created', about, given)
    expect(subject).toBe('New access token “CI Bcc: eve@example.com x ”')
  })

  it('is cut short where a subject would be long', () => {
    const content = { subject: 'x'.repeat(300), paragraphs: [], closing: '' }
    expect(letterOf(content).subject).toHaveLength(200)
  })

  it('tells times in UTC', () => {
    const { text } = writeLetter('password_changed', { at, ip: null }, given)
    expect(text).toContain('on 23 November 2026, 09:30 UTC.')
  })
})
