import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'
import type { Letter } from './letter.ts'

/** One letter to one address; `id` is the same at each try, so that who gets it twice can tell. */
export type Posted = { id: string; to: string; letter: Letter }

export type Mailer = {
  /** Throws where it could not be handed over. `dropped`: no mail is sent from here. */
  send(posted: Posted): Promise<'sent' | 'dropped'>
  close(): void
}

type Options = {
  config: Config
  publicUrl: string
  /** Where the operator looks, and no collector of logs finds fields: as for the first administrator's password. */
  terminal: (text: string) => void
}

const waitMs = 10_000
/** A server may look at a mail for long before it takes it (RFC 5321 §4.5.3.2.6 allows ten minutes). */
const takeMs = 180_000

export function mailerOf({ config, publicUrl, terminal }: Options): Mailer {
  const { SMTP_URL, MAIL_FROM } = config
  if (SMTP_URL === undefined) return onTerminal(terminal)
  const transport = createTransport({
    url: SMTP_URL,
    ...(wantsTls(new URL(SMTP_URL)) && { requireTLS: true }),
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: takeMs,
  })
  const { hostname } = new URL(publicUrl)
  return {
    async send({ id, to, letter: { subject, text, html } }) {
      await transport.sendMail({
        from: MAIL_FROM,
        to: { name: '', address: address(to) },
        messageId: `<${id}@${hostname}>`,
        // Nobody's absence answers a machine (RFC 3834).
        headers: { 'auto-submitted': 'auto-generated' },
        subject,
        text,
        html,
      })
      return 'sent'
    },
    close: () => transport.close(),
  }
}

function wantsTls({ hostname, searchParams }: URL): boolean {
  return !searchParams.has('requireTLS') && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

export class NoAddress extends Error {}

/** One address, and nothing that a header or an envelope could take for another. */
function address(text: string): string {
  if (/^[^\s\p{Cc}<>(),;:\\"[\]]+@[^\s\p{Cc}<>(),;:\\"[\]@]+$/u.test(text)) return text
  throw new NoAddress('not an address that mail can be sent to')
}

/** Without mail: links are shown to the operator, who passes them on. What holds none is not worth a line. */
function onTerminal(terminal: Options['terminal']): Mailer {
  return {
    async send({ to, letter: { subject, link } }) {
      if (link !== null) {
        terminal(`
  Mail is not set up (SMTP_URL). For ${address(to)}: ${subject}
    ${link}

`)
      }
      return 'dropped'
    },
    close: () => undefined,
  }
}
