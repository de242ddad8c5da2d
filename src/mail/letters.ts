import type { About, ExpiringToken } from './kinds.ts'
import { type Content, type Letter, letterOf } from './letter.ts'
import { signInLetters } from './sign-in-letters.ts'

/** What a letter is made of beside what is stored: where people find us, and a link that is made as it is sent. */
type Given = { publicUrl: string; link: string }
type Writer<Kind extends keyof About> = (about: About[Kind], given: Given) => Content

const writers: { [Kind in keyof About]: Writer<Kind> } = {
  invitation: (_, { publicUrl, link }) => ({
    subject: 'You are invited to Postern',
    paragraphs: [`You have been invited to ${publicUrl}. Choose a password to begin.`],
    link: { label: 'Choose a password', url: link },
    closing:
      'The link works once, for seven days. If you expected no invitation, ignore this mail.',
  }),
  password_reset: ({ ip }, { link }) => ({
    subject: 'Set a new password',
    paragraphs: [`Somebody${from(ip)} asked to set a new password for your account.`],
    link: { label: 'Set a new password', url: link },
    closing:
      'The link works once, for an hour. If it was not you, ignore this mail: your password stays as it is.',
  }),
  password_changed: ({ at, ip }, { publicUrl }) => ({
    subject: 'Your password was changed',
    paragraphs: [`Your password was changed on ${time(at)}${from(ip)}.`],
    closing: `If it was not you, ask for a new one at ${publicUrl}/sign-in and tell your administrator.`,
  }),
  sign_in_changed: ({ change, name, by, at, ip }, { publicUrl }) => ({
    subject: signInLetters[change].subject,
    paragraphs: [
      signInLetters[change].says(name),
      `That was on ${time(at)}${by === null ? from(ip) : `, by ${by}`}.`,
    ],
    closing:
      by === null
        ? `If it was not you, undo it at ${publicUrl}/settings/security, change your password there, and tell your administrator.`
        : 'If you don’t know why, ask your administrator.',
  }),
  new_sign_in: ({ at, ip, place, device }, { publicUrl }) => ({
    subject: 'New sign-in to your account',
    paragraphs: [
      `Somebody signed in to your account on ${time(at)}${from(ip)}, in a way that we have not seen before.`,
      `Device: ${device ?? 'unknown'}`,
      ...(place ? [`Place, by the address: ${place}`] : []),
    ],
    closing: `If it was you, there is nothing to do. If not, change your password at ${publicUrl} now: that ends the other sessions.`,
  }),
  token_created: ({ name, owner, by, at }, { publicUrl }) => ({
    subject: `New access token “${name}”`,
    paragraphs: [`${by} created the access token “${name}” of ${owner} on ${time(at)}.`],
    closing: `If you don't know of it, delete it at ${publicUrl}.`,
  }),
  token_blocked: ({ name, owner, tenant, reason, at }) => ({
    subject: `Access token “${name}” is blocked in ${tenant}`,
    paragraphs: [
      `Since ${time(at)} the access token “${name}” of ${owner} is blocked in ${tenant}. It works on in other tenants.`,
      `Reason: ${reason}`,
    ],
    closing: `Only an administrator of ${tenant} lifts the block.`,
  }),
  tokens_expiring: ({ tokens }, { publicUrl }) => ({
    subject: tokens.length === 1 ? oneSubject(tokens[0]) : `${tokens.length} access tokens expire`,
    paragraphs: ['What uses these access tokens stops working when they expire:'],
    items: tokens.map(
      ({ name, owner, expires_at, expired }) =>
        `“${name}”${owner === null ? '' : ` of ${owner}`} ${expired ? 'expired' : 'expires'} on ${time(expires_at)}`,
    ),
    link: { label: 'See your tokens', url: `${publicUrl}/settings/tokens` },
    closing: `Create a new token, put it where the old one is used, and delete the old one. You can turn these mails off at ${publicUrl}/settings/notices.`,
  }),
}

/** The letter of a mail of this kind, as it is stored. */
export function writeLetter<Kind extends keyof About>(
  kind: Kind,
  about: About[Kind],
  given: Given,
): Letter {
  return letterOf(writers[kind](about, given))
}

export const isMailKind = (kind: string): kind is keyof About => Object.hasOwn(writers, kind)

const from = (ip: string | null) => (ip === null ? '' : ` from the address ${ip}`)

const oneSubject = (token: ExpiringToken | undefined) =>
  `Access token “${token?.name}” ${token?.expired ? 'has expired' : 'expires soon'}`

/** `23 November 2026, 09:30 UTC`: the same for everybody, whatever calendar their machine keeps. */
function time(iso: string): string {
  const shown = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  return `${shown.format(new Date(iso)).replace(' at ', ', ')} UTC`
}
