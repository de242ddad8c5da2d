/** What a change takes from live tokens, before it is made. */
export const impactTexts = {
  looking: 'Looking at what live tokens would lose …',
  nothing: 'No live token loses anything.',
  loses: (total: number) =>
    total === 1 ? '1 live token loses something' : `${total} live tokens lose something`,
  atOnce: 'What they lose is refused from the next call on.',
  notListed: (listed: number, total: number) =>
    `The first ${listed} of ${total} are listed. The change takes from all ${total}.`,
  more: (count: number) => `Show ${count} more`,
  list: 'Tokens that lose something',
  endsWith: (hint: string) => `ends with ${hint}`,
  of: 'Owner:',
  and: (count: number) => `and ${count} more`,
  fewer: 'show fewer',
  unknown: 'The preview could not be made',
  unknownAbout:
    'There may be too many tokens to look at, or the server is busy. You can try again, or go on without knowing which tokens lose what.',
  goOn: 'Go on without the preview',
}
