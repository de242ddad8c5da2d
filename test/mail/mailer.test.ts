import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { writeLetter } from '../../src/mail/letters.ts'
import { mailerOf, NoAddress } from '../../src/mail/mailer.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'

const publicUrl = 'https://postern.example'
const from = 'Postern <postern@example.com>'
const letter = writeLetter('invitation', {}, { publicUrl, link: `${publicUrl}/x#token=secret` })

let server: MailServer
beforeAll(async () => {
  server = await startMailServer()
})
afterAll(() => server.close())

function mailer(SMTP_URL: string | null = server.url, shown: string[] = []) {
  const config = readConfig(SMTP_URL === null ? {} : { SMTP_URL, MAIL_FROM: from })
  return mailerOf({ config, publicUrl, terminal: (text) => void shown.push(text) })
}

const send = (to: string, by = mailer()) => by.send({ id: 'mail-1', to, letter })

describe('Mail', () => {
  it('comes as text and HTML, from the sender of the settings, with an id that stays the same', async () => {
    expect(await send('ada@example.com')).toBe('sent')
    const mail = server.mails.at(-1)
    expect(mail).toMatchObject({ from: 'postern@example.com', to: ['ada@example.com'] })
    expect(mail?.headers).toMatchObject({
      from: 'Postern <postern@example.com>',
      to: 'ada@example.com',
      subject: letter.subject,
      'message-id': '<mail-1@postern.example>',
      'auto-submitted': 'auto-generated',
    })
    expect(mail?.headers['content-type']).toContain('multipart/alternative')
    expect(mail?.text.trim()).toBe(letter.text.trim())
    expect(mail?.html.trim()).toBe(letter.html.trim())
  })

  it.each([
    'ada@example.com\r\nBcc: eve@example.com',
    'ada@example.com, eve@example.com',
    'Ada <ada@example.com>',
    'ada@example.com>\r\nRCPT TO:<eve@example.com',
    'ada',
    '',
  ])('goes to one address or to nobody: %j', async (to) => {
    const before = server.mails.length
    await expect(send(to)).rejects.toBeInstanceOf(NoAddress)
    expect(server.mails).toHaveLength(before)
  })

  it('signs in with what the URL holds', async () => {
    const asked: string[] = []
    const strict = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        asked.push(`${username} ${password}`)
        done(null, { user: username })
      },
    })
    const url = strict.url.replace('smtp://', 'smtp://postern:p%40ss@')
    await send('ada@example.com', mailer(url))
    await strict.close()
    expect(asked).toEqual(['postern p@ss'])
  })

  it('is not sent in the clear to a server that has no TLS, unless the settings say so', async () => {
    const plain = await startMailServer({ disabledCommands: ['STARTTLS'] })
    const url = (options: string) => plain.url.replace(/\?.*/, options)
    const refused = send('ada@example.com', mailer(url('?requireTLS=true')))
    await expect(refused).rejects.toMatchObject({ code: expect.any(String) })
    expect(plain.mails).toEqual([])
    expect(await send('ada@example.com', mailer(url('?requireTLS=false')))).toBe('sent')
    await plain.close()
  })
})

describe('Without SMTP_URL', () => {
  it('the link is shown on the terminal', async () => {
    const shown: string[] = []
    expect(await send('ada@example.com', mailer(null, shown))).toBe('dropped')
    expect(shown).toEqual([
      expect.stringMatching(/For ada@example\.com: You are invited to Postern\n.*#token=secret\n/),
    ])
  })

  it('what holds no link is not shown', async () => {
    const shown: string[] = []
    const about = { at: '2026-11-23T09:30:00.000Z', ip: null }
    const notice = writeLetter('password_changed', about, { publicUrl, link: '' })
    await mailer(null, shown).send({ id: 'mail-1', to: 'ada@example.com', letter: notice })
    expect(shown).toEqual([])
  })
})
