import { expect, it } from 'vitest';
import { looksSecret } from './secret-looking.ts';

const letters = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6';

it.each([
  [`sk-ant-${letters}`],
  [`--header=Authorization: Bearer ghp_${letters}`],
  [['--api-key', 'word']],
  [['-v', '--api_key=word']],
  [['sh', '-c', `OPENAI_API_KEY=${letters} codex`]],
  [[['run', `--url=https://me:word@host/x`]]],
  [`eyJ${letters}.eyJ${letters}.x`],
  [['--password', 'word']],
  ['X-Auth-Token: word'],
])('%j', (value) => {
  expect(looksSecret(value)).toBe(true);
});

it.each([
  [['--permission-mode', 'plan']],
  [['--token=$TOKEN']],
  [['--api-key', '$KEY']],
  [['--password', '--force']],
  [['--max-tokens', '1000']],
  ['tokenize the input'],
  ['https://host:8080/x'],
  ['https://me@host/x'],
  ['sk-short'],
  [['npm', 'test', '--', 'secrets.test.ts']],
  [12],
  [true],
])('%j is handed on', (value) => {
  expect(looksSecret(value)).toBe(false);
});
