import { expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';

const own = `# mine
[limits]
turns = 5 # few
[profiles.mine]
program = "x"
env = { TOKEN = "secret" }
[[review.delegate]]
name = "docs"
action = "approve"
paths = ["docs/**"]
[[gates]]
name = "test"
command = ["npm", "test"]
env = { KEY = "secret" }
`;

async function open(text: string) {
  const played = world();
  const { settings } = played.outside;
  settings.files.user = text;
  const box = await openBox({ features: played.features });
  const ask = async (type: string, data: object) => {
    try {
      return (await box.ask(type, data)) as { hash: string; changes: object[]; leftOut: string[] };
    } catch (error) {
      return (error as Error).message;
    }
  };
  const take = async (document: object, seen: string) => {
    try {
      await box.dispatch('settings.import', { document: JSON.stringify(document), seen });
      return settings.files.user;
    } catch (error) {
      return (error as Error).message;
    }
  };
  const preview = async (document: object) =>
    (await ask('settings.preview', { document: JSON.stringify(document) })) as {
      hash: string;
      changes: Array<{ key: string; from?: string; to: string }>;
      leftOut: string[];
    };
  return { settings, box, ask, take, preview };
}

it('one machine’s settings come to another: beside what it has, and without what may be secret', async () => {
  const document = (await (await open(own)).ask('settings.export', {})) as unknown as object;
  expect(document).toMatchObject({
    ...{ musher: 'settings', version: 1 },
    leftOut: ['profiles.mine.env', 'gates.test.env'],
  });
  expect(JSON.stringify(document)).not.toContain('secret');
  const other = await open('# theirs\n[limits]\nturns = 9 # many\ncost_usd = 1\n');
  const { hash, changes, leftOut } = await other.preview(document);
  expect(changes).toContainEqual({ key: 'limits.turns', from: '9', to: '5' });
  expect(changes).toContainEqual({ key: 'gates.test.command', to: '["npm","test"]' });
  expect(leftOut).toHaveLength(2);
  const text = await other.take(document, hash);
  expect(text).toContain('# theirs\n[limits]\nturns = 5 # many\ncost_usd = 1\n');
  const again = await other.preview(document);
  expect(again.changes).toEqual([]);
});

it.each([
  [{}, 'it has no settings of Musher'],
  [{ musher: 'settings', version: 2, settings: {} }, 'it is of version 2'],
  [
    { musher: 'settings', version: 1, settings: { limits: { turn: 5 } } },
    'limits.turn: there is no key "turn"; did you mean "turns"?',
  ],
  [
    { musher: 'settings', version: 1, settings: { limits: { turns: 5 }, board: { wip: null } } },
    'cannot be taken over',
  ],
])('%j is refused, all of it', async (document, said) => {
  const other = await open('');
  expect(await other.preview(document)).toContain(said);
  expect(await other.take(document, 'a'.repeat(64))).toContain(said);
  expect(other.settings.files.user).toBe('');
});

it('what was not looked at is not changed', async () => {
  const other = await open('');
  const document = { musher: 'settings', version: 1, settings: { limits: { turns: 5 } } };
  const { hash } = await other.preview(document);
  other.settings.files.user = '# edited\n';
  expect(await other.take(document, hash)).toContain('changed by somebody else');
});

it('what looks like a secret wherever it stands is left out, with the row that cannot be without it', async () => {
  const token = `ghp_${'a1B2'.repeat(6)}`;
  const text = `[limits]\nturns = 5
[profiles.mine]
program = "x"
args = ["--api-key", "word"]
[[gates]]
name = "push"
command = ["curl", "-H", "Authorization: ${token}"]
env = { KEY = "k" }
[[gates]]
name = "test"
command = ["npm", "test"]
`;
  const document = (await (await open(text)).ask('settings.export', {})) as unknown as object;
  expect(document).toEqual({
    ...{ musher: 'settings', version: 1 },
    settings: {
      limits: { turns: 5 },
      profiles: { mine: { program: 'x' } },
      gates: [{ name: 'test', command: ['npm', 'test'] }],
    },
    leftOut: ['profiles.mine.args', 'gates.push'],
  });
  const { changes } = await (await open('')).preview(document);
  expect(changes.map(({ key }) => key)).toEqual([
    'limits.turns',
    'profiles.mine.program',
    'gates.test.command',
  ]);
});
