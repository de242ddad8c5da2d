/** A name from people inside a sentence: written from right to left, it doesn't turn the rest around. As <bdi>, for text. */
export const isolated = (name: string): string => `\u2068${name}\u2069`
