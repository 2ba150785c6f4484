import { expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { musherError } from '../../base/result.ts';

async function open(files: { user?: string; repository?: string } = {}) {
  const played = world();
  const { settings } = played.outside;
  Object.assign(settings.files, files);
  const box = await openBox({ features: played.features });
  const ask = async (type: string, data: object) => {
    try {
      return (await box.dispatch(type, data)).result as { notes: string[]; from?: string };
    } catch (error) {
      return String((error as Error).message);
    }
  };
  const set = (key: string, value: string, more: object = {}) =>
    ask('settings.set', { key, value, ...more });
  const unset = (key: string, more: object = {}) => ask('settings.unset', { key, ...more });
  return { settings, box, set, unset };
}

it.each([
  ['limits.turns', '50', '[limits]\nturns = 50\n'],
  ['worktrees.base', '1.0', '[worktrees]\nbase = "1.0"\n'],
  ['pipeline.retention', '2d', '[pipeline]\nretention = "2d"\n'],
  ['watchdog.kick', 'never', '[watchdog]\nkick = "never"\n'],
  ['board.wip.coding', '3', '[board.wip]\ncoding = 3\n'],
  ['editor.command', '["code", "{file}"]', '[editor]\ncommand = ["code", "{file}"]\n'],
  ['worktrees.setup', '[["npm", "ci"]]', '[worktrees]\nsetup = [["npm", "ci"]]\n'],
  ['profiles.mine', '{ program = "x" }', '[profiles.mine]\nprogram = "x"\n'],
  ['gates.test', '{ command = ["x"] }', '[[gates]]\nname = "test"\ncommand = ["x"]\n'],
  [
    'costs.prices."a.b-*"',
    '{ input = 1, output = 2 }',
    '[costs.prices."a.b-*"]\ninput = 1\noutput = 2\n',
  ],
])('%s = %s makes the file', async (key, value, text) => {
  const { set, settings } = await open();
  await set(key, value);
  expect(settings.files.user).toBe(text);
});

const gates =
  '[[gates]]\nname = "a"\ncommand = ["x"] # why\n\n[[gates]]\nname = "b"\ncommand = ["y"]\n';

it('keys of rows that have names are set, and taken away, wherever the row stands', async () => {
  const { set, unset, settings } = await open({ repository: gates });
  const shared = { in: 'repository' };
  await set('gates.b.timeout', '5m', shared);
  await set('gates.a.env.CI', 'yes', shared);
  const set_ = gates.replace('# why\n', '# why\nenv.CI = "yes"\n');
  expect(settings.files.repository).toBe(`${set_}timeout = "5m"\n`);
  await set('gates.a', '{ command = ["z"], required = false }', shared);
  expect(settings.files.repository).toContain(
    'command = ["z"] # why\nrequired = false\n\n[[gates]]',
  );
  await unset('gates.b', shared);
  expect(settings.files.repository).toContain('# why');
  expect(settings.files.repository).not.toContain('"b"');
});

it.each([
  ['limits.turn', '5', 'There is no setting "limits.turn": the nearest is "limits.turns".'],
  ['limit.turns', '5', 'the nearest is "limits.turns"'],
  ['limits.turns.x', '5', '"limits.turns" has no keys of its own'],
  ['xyzzy', '5', 'valid keys here: version, limits'],
  ['limits..turns', '5', 'it is no key such as limits.turns'],
  ['limits.turns', 'many', 'limits.turns cannot be "many": expected a number'],
  ['limits.turns', '0', 'limits.turns cannot be 0: expected at least 1, found 0.'],
  ['limits.turns', '1.5', 'limits.turns cannot be 1.5: expected a whole number'],
  ['watchdog.kick', 'often', 'expected one of "never", "after-crash", "always", found "often"'],
  ['profiles.claude', '{ program = "x" }', '"claude" is built in'],
  ['gates.a.paths', '["src/**"]', 'gates.a.command: is missing'],
  ['editor.command', '["code"]', 'expected a program and then {file}'],
])('%s = %s is refused and changes nothing', async (key, value, said) => {
  const { set, settings } = await open();
  expect(await set(key, value)).toContain(said);
  expect(settings.files.user).toBe('');
});

it('what a repository’s file is not asked for is not put there', async () => {
  const { set } = await open();
  expect(await set('pipeline.without_gates', 'merge', { in: 'repository' })).toContain(
    'only your own file is asked for it',
  );
});

it('a file with problems is not changed, but for what mends it', async () => {
  const { set, unset, settings } = await open({ user: '# ours\n[limits]\nturn = 5\n' });
  expect(await set('limits.turns', '5')).toContain('line 3, limits.turn: there is no key "turn"');
  await unset('limits.turn');
  expect(settings.files.user).toBe('# ours\n[limits]\n');
  settings.files.user = 'a = \n';
  expect(await set('limits.turns', '5')).toContain('has problems already');
  settings.files.user = 'version = 2\n[newer]\nx = 1\n';
  expect(await set('limits.turns', '5')).toContain('the file is of version 2');
});

it('somebody who edits it at the same moment, and a disk that refuses, leave it as it is', async () => {
  const { set, settings } = await open();
  settings.beforeWrite = () => {
    settings.files.user = '# edited\n';
  };
  expect(await set('limits.turns', '5')).toContain('changed by somebody else');
  settings.beforeWrite = () => {
    throw musherError('SETTINGS_FILE', { file: 'f', reason: 'there is no room left on its disk' });
  };
  expect(await set('limits.turns', '5')).toContain('no room left');
  expect(settings.files.user).toBe('# edited\n');
  expect(await (await open()).unset('limits.turns')).toContain('does not say limits.turns');
});

it('two that come at the same moment are both done', async () => {
  const { set, settings } = await open();
  await Promise.all([set('limits.turns', '5'), set('limits.cost_usd', '2')]);
  expect(settings.files.user).toBe('[limits]\nturns = 5\ncost_usd = 2\n');
});

it('what was changed is noted without what may be secret, and what does not count is said', async () => {
  const { set, unset, settings, box } = await open();
  settings.isKept = true;
  const done = await set('limits.turns', '5', { in: 'repository' });
  expect(done).toMatchObject({ to: '5', notes: ['git keeps this file: commit it when it suits.'] });
  await set('limits.turns', '7');
  expect(await set('limits.turns', '6', { in: 'repository' })).toMatchObject({
    notes: ['It does not count: your own file says it.', expect.stringContaining('git keeps')],
  });
  expect(await unset('limits.turns')).toMatchObject({
    notes: ["What counts now is what the repository's file says."],
  });
  await set('profiles.mine', '{ program = "x", env = { TOKEN = "secret" } }');
  await set('profiles.mine.env.TOKEN', 'secret2');
  expect(await set('profiles.mine.args', '["--api-key", "secret3"]')).toMatchObject({
    to: '(not shown)',
  });
  await unset('profiles.mine.args');
  const { events } = (await box.ask('log.page', {})) as { events: object[] };
  const said = JSON.stringify(events);
  expect(said).toContain('"settings.changed"');
  expect(said).not.toContain('secret');
});
