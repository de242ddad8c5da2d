/** Values that have broken somebody's server, for any field of a JSON body. */
export const hostileValues: unknown[] = [
  // Text that is none, or not all there.
  ...[
    '',
    ' ',
    '\u00a0',
    '\u200b',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'a\udfffb',
    '\ufeff',
    '\u202eevil',
  ],
  // The same to some and not to others.
  ...[
    'e\u0301',
    '\u00e9',
    '\u0130',
    '\u0131',
    '\u00df',
    '\u212aelvin',
    '👩\u200d👩\u200d👧',
    '\u{1d173}',
  ],
  ...['null', 'undefined', 'NaN', 'true', '[object Object]', '0', '-1', '1e400', '0x10'],
  // Text that means something to what may lie behind.
  ...[
    "' OR 1=1--",
    "'; DROP TABLE users;--",
    '%',
    '_',
    '\\',
    '%_\\%',
    '%s%n',
    '\u0024{7*7}',
    '{{7*7}}',
  ],
  ...['<script>alert(1)</script>', '=cmd()', '../../etc/passwd', '\r\nX-Injected: yes'],
  ...[
    'javascript:alert(1)',
    '\u001b[31mred',
    '*',
    '*.*',
    'users.*',
    '*.read',
    'Users.read',
    'users.read ',
  ],
  ...['any', 'ANY', 'type:', 'type:test ', '__proto__', 'constructor', 'toString'],
  'a'.repeat(100_000),
  'a'.repeat(300_000),
  '\u{1f600}'.repeat(5000),
  // Ids in every form but ours.
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '{0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11}',
  '0193b4b26d3e7c519f0a2f4de1a77c11',
  '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  // Numbers.
  ...[-1, -0, 0, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324],
  // Other types, and what an ORM would take for an operator.
  ...[null, true, false, [], {}, [[]], [null], [{}], [''], ['a', 'a']],
  ...[{ not: '' }, { contains: '' }, { set: 'x' }, { connect: {} }, { $ne: null }, { toJSON: 'x' }],
  { length: 1e9 },
  Array.from({ length: 10_000 }, (_, at) => `users.action_${at}`),
  // Instants.
  ...['0000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', '+275760-09-13T00:00:00Z'],
  ...['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59-12:00', '2027-02-29T00:00:00Z'],
  ...['2027-01-01T24:00:00Z', '2027-01-01T00:00:00+14:00', '2027-01-01T00:00:00+99:99'],
  ...['2027-01-01T00:00:00', '2027-01-01', '2016-12-31T23:59:60Z', '2027-01-01t00:00:00z'],
  ...['2027-01-01 00:00:00Z', `2027-01-01T00:00:00.${'9'.repeat(20)}Z`, 1_800_000_000],
]

/** Fields that no operation takes, but that a table, an object or another system has. */
export const strangeFields: string[] = [
  ...['id', 'owner_id', 'ownerId', 'user_id', 'userId', 'created_by', 'created_at', 'updated_at'],
  ...['is_admin', 'isAdmin', 'role', 'status', 'deleted_at', 'password_hash', 'token_hash', 'hint'],
  ...['is_service_account', 'built_in', 'token_limit', 'revoked_at', 'kind', 'where', 'data'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', ' name', 'näme'],
  ...['a\u0000b', '\ud800', 'NAME', 'name ', 'a'.repeat(10_000)],
]

/** Bodies that are no JSON, or JSON that nobody writes by accident. */
export const rawBodies: (string | Buffer)[] = [
  ...[
    '',
    ' ',
    'null',
    'true',
    '1',
    '"text"',
    '[]',
    '[[]]',
    '[{}]',
    '{',
    '}',
    '{"name":',
    '{"name"}',
  ],
  ...['{"name":"a",}', '{/* no */}', '\ufeff{}', "{'name':'a'}", '{name:1}', '{"name":NaN}'],
  ...['{"version":1e400}', '{"version":-0}', '{"expires_in_days":9007199254740993}', '{"a":01}'],
  ...['{"__proto__":{"admin":true}}', '{"\\u005f_proto__":{"admin":true}}'],
  ...['{"constructor":{"prototype":{"admin":true}}}', '{"name":{"__proto__":{"a":1}}}'],
  ...['{"name":"\\ud800"}', '{"name":"\\u0000"}', '{"name":"\u0001"}', '{"name":"a\nb"}', '{}{}'],
  ...['name=a&email=b', '<name>a</name>', '--x\r\n\r\n--x--', '{"name":"a","name":["b"]}'],
  '['.repeat(100_000),
  '{"a":'.repeat(40_000),
  `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  `{"name":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}}`,
  `{"name":"${'a'.repeat(1_048_577)}"}`,
  `{${Array.from({ length: 5000 }, (_, at) => `"f${at}":1`).join(',')}}`,
  Buffer.from('7b226e616d65223a22ff fe22 7d'.replaceAll(' ', ''), 'hex'),
  Buffer.from('{"name":"a"}', 'utf16le'),
  Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0xff]),
]
