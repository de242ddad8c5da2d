import { isolated } from './isolated.ts'

/** Tokens as those see them who don't own them. */
export const othersTokens = {
  by: 'by',
  endsWith: (hint: string) => `ends with ${hint}`,
  empty: 'No live tokens',
  emptyAbout: 'They make their own tokens; nobody can make one for them.',
  remove: 'Delete',
  removeNamed: (name: string) => `Delete the token ${name}`,
  removeTitle: (name: string) => `Delete the token ${isolated(name)}?`,
  removeAbout:
    'Whatever uses it is refused from the next call on, in every tenant. This can’t be undone. To stop it in one tenant only, block it there.',
  neverUsed: 'It has never been used.',
  usedLast: 'It was last used',
  from: 'from',
  reason: 'Reason',
  reasonAbout: 'Kept with the token and in the audit log, where its owner can read it.',
  removeAction: 'Delete token',
  removed: (name: string) => `The token ${isolated(name)} was deleted.`,
}
