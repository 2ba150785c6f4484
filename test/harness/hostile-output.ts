// Output that means harm or makes no sense, as bytes: what a broken or hostile program can write to its terminal.

import fc from 'fast-check';

/** What happens to a terminal: bytes, or another size. */
export type Happening = Uint8Array | { readonly cols: number; readonly rows: number };

const esc = '\x1b';
const csi = `${esc}[`;
/** Named in what asks for the clipboard, a file or a page: nothing of it may ever come out. */
export const bait = 'BAIT';
const baitBase64 = Buffer.from(bait).toString('base64');

const small = fc.integer({ min: 0, max: 14 });
const parameter = fc.oneof(
  { weight: 6, arbitrary: small.map(String) },
  { weight: 2, arbitrary: fc.constantFrom('', '0', '80', '255', '256', '999', '65535', '65536') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('2147483647', '2147483648', '4294967296', '9'.repeat(40), '-1'),
  },
);
const parameters = fc.oneof(
  { weight: 8, arbitrary: fc.array(parameter, { maxLength: 4 }).map((all) => all.join(';')) },
  { weight: 1, arbitrary: fc.array(parameter, { maxLength: 60 }).map((all) => all.join(';')) },
  { weight: 1, arbitrary: fc.array(parameter, { maxLength: 5 }).map((all) => all.join(':')) },
);
const finals = fc.constantFrom(...'@ABCDEFGHIJKLMPSTXZ`abcdefghilmnpqrstuvwxyz{|}~');
const intermediates = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constantFrom(' ', '!', '"', '$', "'", '*', '+', ',') },
);
const prefixes = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  { weight: 3, arbitrary: fc.constantFrom('?', '>', '=', '<') },
);
const anyCsi = fc
  .tuple(prefixes, parameters, intermediates, finals)
  .map(([prefix, values, between, final]) => `${csi}${prefix}${values}${between}${final}`);

const modes =
  '1 2 3 5 6 7 9 12 25 40 45 47 66 69 1000 1002 1003 1004 1005 1006 1015 1016 1034 1047 1048 1049 2004 2026 9001';
const mode = fc
  .tuple(
    fc.constantFrom('?', '?', '?', ''),
    fc.constantFrom(...modes.split(' '), '4', '20'),
    fc.constantFrom('h', 'l'),
  )
  .map(([prefix, number, to]) => `${csi}${prefix}${number}${to}`);

const attributes =
  '0 1 2 3 4 4:2 4:3 4:4 4:5 5 6 7 8 9 21 22 23 24 25 27 28 29 31 38;5;200 38;5;300 38;2;1;2;3 38:2::9:8:7 38:5:9 39 44 48;5;99 48;2;200;100;50 49 53 55 58;5;3 58:2::1:2:3 59 91 107 1;38;5;9;4:3';
const attribute = fc.constantFrom(...attributes.split(' ')).map((code) => `${csi}${code}m`);

const words = fc.constantFrom(
  'hello',
  'x',
  ' ',
  'é',
  'e\u0301',
  '─│',
  '— “…”',
  '\u3000、。',
  '\ufeff',
  '\u00ad',
);
const wide = fc.constantFrom(
  '漢字',
  '日本語テキスト',
  '안녕',
  '👍',
  '👨‍👩‍👧',
  '🇩🇪',
  '👍🏽',
  'ｱ',
  '\u{20000}',
);
const joined = fc.oneof(
  fc.constantFrom('\u0301', '\u200d', '\ufe0f', '\u200b', '\u0e33', '\u1160'),
  fc.integer({ min: 2, max: 60 }).map((count) => `a${'\u0300\u0489'.repeat(count)}`),
  // A heap, on what can have it and on what cannot.
  fc
    .tuple(
      fc.constantFrom('a', '漢', '', '\n', '👍', `${csi}99G漢`),
      fc.constantFrom('\u0301', '\u0300\u0489', '\u200d\ufe0f', '\u{1d167}', '\u{e0067}'),
      fc.integer({ min: 10, max: 5000 }),
    )
    .map(([base, marks, count]) => base + marks.repeat(count)),
);
const long = fc.constantFrom(
  'a long line of text that wraps around the edge of it ',
  '漢'.repeat(40),
  'xy '.repeat(80),
);
const controls = fc.constantFrom(
  ...'\r\n|\n|\r|\t|\b|\x07|\x0b|\x0c|\x0e|\x0f|\x00|\x7f|\x18|\x1a|\x05|\x85|\x84|\x8d|\x88'.split(
    '|',
  ),
);
const escapes = fc
  .constantFrom(
    ...'7 8 M D E H c = > n o | } ~ (0 (B )0 )B *0 +0 (A -A .0 %@ %G #8 #3 #6 F N O P X ^ _ Z \\ 6 9'.split(
      ' ',
    ),
    ' F',
  )
  .map((rest) => esc + rest);
const erase = fc
  .constantFrom(
    'J',
    '1J',
    '2J',
    '3J',
    'K',
    '1K',
    '2K',
    '?J',
    '?1J',
    '?2J',
    '?K',
    '?2K',
    '1"q',
    '0"q',
    '!p',
  )
  .map((rest) => csi + rest);
const place = fc.tuple(small, small).map(([row, column]) => `${csi}${row};${column}H`);
const edge = fc.constantFrom(
  `${csi}99;99H`,
  `${csi}99G`,
  `${csi}99d`,
  `${csi}99C漢`,
  `${csi}99G${csi}D漢`,
);
const region = fc.tuple(small, small).map(([top, rows]) => `${csi}${top};${top + rows}r`);
const repeat = fc
  .tuple(fc.constantFrom('x', '漢', 'e\u0301', ''), parameter)
  .map(([char, count]) => `${char}${csi}${count}b`);

const terminators = fc.constantFrom('\x07', `${esc}\\`, '\x9c', '', '\x18', esc);
const payloads = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 9000 }).map((length) => 'A'.repeat(length)) },
);
const oscBodies = fc.oneof(
  fc.constantFrom(
    ...[`0;${bait}`, `1;${bait}`, `2;${bait}\x01;;`, '2;', '21', `l${bait}`, `L${bait}`],
    ...[`52;c;${baitBase64}`, '52;c;?', `52;;${baitBase64}`, `52;pqs0;${baitBase64}`, '52;c;!!!'],
    ...[
      '8;;https://example.com/a',
      '8;;',
      '8;id=1;https://example.com/b',
      `8;;javascript:${bait}`,
      '8;id=1;',
      '8;a=b:id=2;file:///etc/passwd',
    ],
    ...[
      '4;1;?',
      '4;1;#ff0000',
      '4;300;?',
      '4;0;rgb:1/2/3;1;?;2;#123456',
      `4;${'1;?;'.repeat(300)}`,
      '104',
      '104;1',
      '104;0;2',
    ],
    ...[
      '10;?',
      '10;#abcdef',
      '10;?;?;?',
      '11;?',
      '11;#010203',
      '12;?',
      '12;rgb:ff/00/ff',
      '110',
      '111',
      '112',
      '5;0;?',
    ],
    ...[
      `1337;File=inline=1:${baitBase64}`,
      `1337;SetMark`,
      `1337;Copy=:${baitBase64}`,
      `1337;OpenURL=:${baitBase64}`,
    ],
    ...[
      `9;${bait}`,
      '9;4;1;50',
      `777;notify;${bait};${bait}`,
      '99;i=1;hello',
      '7;file:///etc',
      '133;A',
      '633;P;x',
      '3008;start',
    ],
  ),
  fc
    .tuple(fc.integer({ min: 0, max: 10_000 }), payloads)
    .map(([number, body]) => `${number};${body}`),
  payloads,
);
const osc = fc
  .tuple(fc.constantFrom(`${esc}]`, `${esc}]`, '\x9d'), oscBodies, terminators)
  .map((parts) => parts.join(''));

const dcsBodies = fc.oneof(
  fc.constantFrom(
    ...['$qm', '$qr', '$q"p', '$q q', '$q"q', `$q${bait}\r\n`, '+q544e', `+q${'4'.repeat(200)}`],
    ...['q"1;1;2;2#0;2;0;0;0#0~~-', '0;0;0q!99999~', '{~', '1$tx', '>|x', '=1s', '1000p'],
  ),
  payloads,
);
const dcs = fc
  .tuple(fc.constantFrom(`${esc}P`, '\x90'), dcsBodies, terminators)
  .map((parts) => parts.join(''));
const otherStrings = fc
  .tuple(
    fc.constantFrom('_', '^', 'X'),
    fc.oneof(
      fc.constantFrom('Ga=T,f=24,s=1,v=1;AAAA', 'Gi=1,a=q,t=f;L2V0Yy9wYXNzd2Q=', bait),
      payloads,
    ),
    terminators,
  )
  .map(([start, body, end]) => `${esc}${start}${body}${end}`);
const questions = fc
  .constantFrom(
    '5n',
    '6n',
    '?6n',
    '?15n',
    '?996n',
    'c',
    '>c',
    '=c',
    '>q',
    '?u',
    'x',
    '18t',
    '14t',
    '20t',
    '21t',
    '22t',
    '23t',
    '?1$p',
    '4$p',
    '?2026$p',
    '1+r',
  )
  .map((rest) => csi + rest);
const keyboards = fc
  .constantFrom('>1u', '>31u', '<u', '<99u', '=5u', '=2;2u', '=2;3u', '>4;2m', '>4m')
  .map((rest) => csi + rest);
const cursors = fc.integer({ min: 0, max: 8 }).map((style) => `${csi}${style} q`);

const text = fc.oneof(
  { weight: 6, arbitrary: words },
  { weight: 4, arbitrary: wide },
  { weight: 2, arbitrary: joined },
  { weight: 3, arbitrary: long },
  { weight: 6, arbitrary: controls },
  { weight: 4, arbitrary: attribute },
  { weight: 3, arbitrary: fc.oneof(place, edge) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(parameter, fc.constantFrom(...'@ABCDEFGILMPSTXZ'))
      .map(([n, final]) => `${csi}${n}${final}`),
  },
  { weight: 3, arbitrary: erase },
  { weight: 3, arbitrary: escapes },
  { weight: 4, arbitrary: mode },
  { weight: 2, arbitrary: region },
  { weight: 2, arbitrary: repeat },
  { weight: 2, arbitrary: anyCsi },
  { weight: 3, arbitrary: osc },
  { weight: 1, arbitrary: fc.oneof(dcs, otherStrings) },
  { weight: 1, arbitrary: fc.oneof(questions, keyboards, cursors) },
);
/** No character, half of one, or one that may not be said this way. */
const badBytes = fc.oneof(
  fc
    .constantFrom(
      'ff',
      'c0af',
      'e282',
      'f09f91',
      '80',
      'eda080',
      'f4908080',
      'f8888080',
      'e28094',
      'e38081',
      'c2',
      'c1',
      'c29b',
      'c29d',
      'e2',
      '9b',
      '1b5be2',
    )
    .map((hex) => Buffer.from(hex, 'hex')),
  fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
);

const bytes = fc.oneof(
  { weight: 14, arbitrary: text.map((all) => Buffer.from(all)) },
  { weight: 1, arbitrary: badBytes },
  // Half of a sequence: something else follows in the middle of it.
  {
    weight: 1,
    arbitrary: fc
      .tuple(text, fc.nat({ max: 6 }))
      .map(([all, left]) => Buffer.from(all.slice(0, left))),
  },
);
const resize = fc.record({
  cols: fc.integer({ min: 2, max: 60 }),
  rows: fc.integer({ min: 1, max: 16 }),
});

/** A stream of up to `max` happenings, one in twenty another size. */
export function hostileOutput(max: number): fc.Arbitrary<Happening[]> {
  return fc.array(fc.oneof({ weight: 30, arbitrary: bytes }, { weight: 1, arbitrary: resize }), {
    minLength: 1,
    maxLength: max,
    size: 'max',
  });
}
