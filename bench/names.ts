/** The rows that something is said of elsewhere. */
export const names = {
  bare: 'bare Fastify',
  postern: 'Postern',
  bareBesidePeers: 'bare Fastify, beside peers',
  posternBesidePeers: 'Postern, beside peers',
  bareOne: 'bare Fastify, 1 connection',
  posternOne: 'Postern, 1 connection',
  malformed: 'Postern, malformed tokens',
} as const
