/** Path segments in the place of an id. */
export const hostileSegments: string[] = [
  ...[
    '0',
    '-1',
    '1.5',
    'null',
    'undefined',
    'me',
    '*',
    '.',
    '..',
    '...',
    '%2e%2e',
    '%2e%2e%2f',
    '%2F',
  ],
  ...[
    '%00',
    'a%00',
    '%ff',
    '%',
    '%zz',
    '%ed%a0%80',
    '%e2%80%ae',
    '%20',
    '+',
    '%0d%0aX-Injected:%20yes',
  ],
  ...['__proto__', 'constructor', 'hasOwnProperty', "'%20OR%201=1--", '%27', '%5c', '%3Cscript%3E'],
  ...['00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'],
  ...['%7B0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11%7D', '0193b4b26d3e7c519f0a2f4de1a77c11'],
  ...[
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11%20',
    ';x=1',
    'a;b=c',
    '[a]',
  ],
  ...['\u00e9', '9'.repeat(101), 'a'.repeat(201), 'a'.repeat(4000), '%61'.repeat(100)],
]

/** Values of a query parameter, as they stand in the URL. */
export const hostileQueryValues: string[] = [
  ...[
    '',
    '0',
    '-1',
    '1.5',
    '1e9',
    '1e400',
    '101',
    '1000000',
    '9007199254740993',
    'NaN',
    '0x10',
    '%20',
  ],
  ...[
    '%00',
    'a%00b',
    '%ff',
    '%',
    '%zz',
    '%ed%a0%80',
    '%25',
    '_',
    '%5c',
    '%25_%5c',
    '%27',
    '%27%20OR%201=1--',
  ],
  ...['%D9%A3', '%EF%BC%91', '%E2%80%AE', 'true', 'TRUE', 'null', '[]', '{}', '__proto__', '*.*'],
  ...[
    '2027-02-29T00:00:00Z',
    '%2B275760-09-13T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '2016-12-31T23:59:60Z',
  ],
  ...[
    '9999-12-31T23:59:59-12:00',
    'a'.repeat(201),
    'a'.repeat(5000),
    '%F0%9F%98%80'.repeat(150),
    'a+b',
  ],
  ...['AAAA', 'MjAyNy0wMS0wMVQwMDowMDowMFogeA', 'IA', 'KzI3NTc2MC0wOS0xM1QwMDowMDowMC4wMDBaIDA'],
]

/** Whole query strings. */
export const hostileQueries: string[] = [
  ...[
    '?',
    '??',
    '?&&&',
    '?=',
    '?=1',
    '?x',
    '?x=1',
    '?__proto__=1',
    '?__proto__[a]=1',
    '?constructor=1',
  ],
  ...[
    '?toString=1',
    '?%00=1',
    '?%ff=1',
    '?limit[]=1',
    '?limit[a]=1',
    '?page.x=1',
    '?access_token=x',
  ],
  ...[
    '?limit=1&limit=2',
    '?page=1&page=2',
    '?search=a&search=b',
    '?LIMIT=1',
    '?limit=1;page=2',
    '?#',
    '?a#b',
  ],
  `?${'a=1&'.repeat(2000)}`,
]

type Headers = Record<string, string | string[]>

/** Content types that are not JSON, however near. */
export const wrongTypes: Headers[] = [
  ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
  ...['application/jsonp', 'text/json', 'application/xml', 'json', 'application', '*/*', 'a/b; c'],
].map((type) => ({ 'content-type': type }))

/** Headers that must not matter, or must be refused; never both for one reason. */
export const hostileHeaders: Headers[] = [
  ...[
    'APPLICATION/JSON',
    'application/json; charset=utf-16',
    'application/json;',
    'application/json\t',
  ].map((type) => ({ 'content-type': type })),
  { 'content-type': 'application/json, text/plain' },
  { 'content-type': 'application/merge-patch+json' },
  { 'content-type': '' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'identity, br' },
  { 'transfer-encoding': 'chunked' },
  { accept: 'image/png' },
  { 'accept-language': '*;q=-1' },
  { expect: '100-continue' },
  { expect: 'the unexpected' },
  { 'x-http-method-override': 'DELETE' },
  { 'x-correlation-id': 'no' },
  { 'x-correlation-id': 'A'.repeat(32) },
  { 'x-correlation-id': 'x'.repeat(10_000) },
  { 'x-correlation-id': ['a'.repeat(32), 'b'.repeat(32)] },
  { 'idempotency-key': '' },
  { 'idempotency-key': ' ' },
  { 'idempotency-key': 'x'.repeat(5000) },
  { 'idempotency-key': '\u00e9\u00ff' },
  { 'idempotency-key': "'; DROP TABLE users;--" },
  { 'idempotency-key': ['a', 'b'] },
  { host: 'evil.example' },
  { 'x-forwarded-for': "unknown, 1.2.3.4'; --" },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'javascript' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { cookie: '__Host-postern_refresh=nonsense' },
  { cookie: `__Host-postern_refresh=${'x'.repeat(4000)}` },
  { cookie: 'a=b; c; =d; __proto__=e; __Host-postern_refresh=%00' },
  { 'if-none-match': '*', range: 'bytes=0-1', te: 'trailers' },
]

/** An Authorization header that holds no credential in force. */
export const hostileAuthorizations: Headers[] = [
  ...['', 'Bearer', 'Bearer ', 'Bearer   ', 'bearer x', 'Basic YTpi', 'Bearer a b', 'Bearer a,b'],
  ...[
    'Bearer \t',
    'Bearer \u00e9',
    'Bearer null',
    'Bearer postern_pat_',
    'Bearer eyJhbGciOiJub25lIn0.e30.',
  ],
  ...[
    `Bearer postern_pat_${'0'.repeat(49)}`,
    `Bearer ${'x'.repeat(10_000)}`,
    `Bearer ${'x'.repeat(20_000)}`,
  ],
].map((authorization) => ({ authorization }))

/** Methods that no operation has, as far as Node lets them through. */
export const oddMethods: string[] = [
  'TRACE',
  'OPTIONS',
  'PROPFIND',
  'LINK',
  'QUERY',
  'MKCOL',
  'PURGE',
]
