import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecrets, SecretMask } from './secrets.ts';

/** Joined here, so that no scanner takes them for real ones. */
const of = (start: string, body: string) => ({ start, body, token: start + body });
const letters = (count: number) => 'a1B2c3D4e5F6g7H8i9J0'.repeat(10).slice(0, count);
const secrets: Array<[string, ReturnType<typeof of>]> = [
  ['a token of ours', of('mt1.agent-a.', letters(43))],
  ['GitHub, classic', of('ghp_', letters(36))],
  ['GitHub, fine-grained', of('github_pat_', `${letters(22)}_${letters(59)}`)],
  ['OpenAI', of('sk-proj-', letters(48))],
  ['Anthropic', of('sk-ant-', `api03-${letters(80)}`)],
  ['AWS, the id', of('AKIA', 'ABCDEFGH12345678')],
  ['AWS, the key', of('AWS_SECRET_ACCESS_KEY=', `${letters(36)}/+ab`)],
  ['Slack', of('xoxb-', `123456789012-${letters(24)}`)],
  ['a hook of Slack', of('hooks.slack.com/services/', `T0000/B0000/${letters(20)}`)],
  ['Google', of('AIza', letters(35))],
  ['GitLab', of('glpat-', letters(20))],
  ['npm', of('npm_', letters(36))],
  ['Stripe', of('sk_live_', letters(24))],
  ['a bearer header', of('Authorization: Bearer ', letters(32))],
  ['a JSON web token', of('eyJ', `${letters(30)}.${letters(30)}.${letters(20)}`)],
  ['a password in an address', of('https://me:', 's3cr3tword')],
];

const rest = (start: string) => (start.startsWith('https') ? '@example.com/x' : ' and on');

describe.each(secrets)('%s', (_, { start, body, token }) => {
  const text = `before ${token}${rest(start)}`;
  const hidden = `before ${start}${'*'.repeat(body.length)}${rest(start)}`;

  it('is hidden, and every column stays', () => {
    expect(maskSecrets(text)).toBe(hidden);
  });

  it('is hidden when it comes in two batches', () => {
    for (let cut = 0; cut <= text.length; cut++) {
      const mask = new SecretMask();
      const [first = ''] = mask.mask([text.slice(0, cut)]);
      const [second = ''] = mask.mask([text.slice(cut)]);
      const joined = first + second;
      const from = 'before '.length + start.length;
      const end = from + body.length;
      expect([joined.length, joined.slice(end)]).toEqual([text.length, rest(start)]);
      // Nobody knows of a number behind an address that it is no port.
      const isPort = start.startsWith('https') && /^\d*$/.test(body.slice(0, cut - from));
      expect(joined.slice(isPort ? Math.max(cut, from) : from, end)).toMatch(/^\**$/);
    }
  });

  it('is hidden when it comes letter by letter in one batch, or with colours in it', () => {
    expect(new SecretMask().mask([...text]).join('')).toBe(hidden);
    if (start.startsWith('https')) return;
    const half = Math.floor(body.length / 2);
    const coloured = (one: string) => `${one.slice(0, half)}\x1b[1;31m${one.slice(half)}`;
    expect(maskSecrets(`${start}${coloured(body)} end`)).toBe(
      `${start}${coloured('*'.repeat(body.length))} end`,
    );
  });
});

describe('a private key', () => {
  const [begin, end] = ['-----BEGIN OPENSSH PRIVATE KEY-----', '-----END OPENSSH PRIVATE KEY-----'];
  const lines = Array.from({ length: 40 }, () => letters(64));
  const text = `$ cat id\r\n${begin}\r\n${lines.join('\r\n')}\r\n${end}\r\n$ `;

  it('is hidden between its borders, line by line', () => {
    const stars = lines.map(() => '*'.repeat(64)).join('\r\n');
    expect(maskSecrets(text)).toBe(`$ cat id\r\n${begin}\r\n${stars}\r\n${end}\r\n$ `);
  });

  it('is hidden when it comes in many batches', () => {
    const mask = new SecretMask();
    const parts = text.match(/.{1,100}/gs) ?? [];
    expect(parts.flatMap((part) => mask.mask([part])).join('')).toBe(maskSecrets(text));
  });

  it('that has no end hides no more than a key can have', () => {
    expect(maskSecrets(`${begin}\n${'a'.repeat(9000)}`)).toMatch(/\*a{800,}$/);
    expect(maskSecrets(`grep "${begin}" src; echo "done"`)).toContain('; echo "done"');
  });
});

describe('what is none', () => {
  it.each([
    'a task-list-of-things-that-are-long-enough in a disk-based-cache-with-a-long-name',
    'see https://localhost:8080/path and http://127.0.0.1:9119',
    'the bearer of this, sk-short, ghp_short. The basic idea.',
    'commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'git@github.com:team/repository.git',
  ])('stays: %s', (text) => {
    expect(maskSecrets(`${text} `)).toBe(`${text} `);
  });
});

it('whatever the text and its cuts are, each piece keeps its length', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'sk-',
      'ghp_',
      'Bearer ',
      '://a:',
      '@',
      '\x1b[3',
      '-----BEGIN PRIVATE KEY-----',
    ),
    fc.constant(letters(30)),
  );
  fc.assert(
    fc.property(fc.array(fc.array(piece)), (batches) => {
      const mask = new SecretMask();
      for (const texts of batches) {
        expect(mask.mask(texts).map(({ length }) => length)).toEqual(
          texts.map(({ length }) => length),
        );
      }
    }),
  );
});
