// Two agents by HTTP and by the command, over real worktrees: they declare, claim, collide, write, steal, and time ends it.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ConflictRecord } from '../../preload/contract/conflict-records.ts';
import type { Accuracy } from '../../preload/contract/conflicts.ts';
import type { IntentRecord } from '../../preload/contract/intents.ts';
import type { InboxItem } from '../../preload/contract/messages.ts';
import { systemClock } from '../../main/base/clock.ts';
import { makeServeWorld, type ServeWorld, type TestAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';
import { musher } from './cli-world.ts';

let world: ServeWorld;
let serving: Serving;
let a: TestAgent;
let b: TestAgent;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  a = await world.addAgent(serving, 'a');
  b = await world.addAgent(serving, 'b');
});
afterAll(() => world.dispose());
beforeEach(async () => {
  for (const one of [a, b]) await one.command('intent.release', {});
  await waitFor(
    'no conflict to be open',
    async () => (await open()).length === 0 || (await open()),
  );
});

const declare = (one: TestAgent, files: unknown[], more = {}) =>
  one.command('intent.declare', { summary: 'work', files, ...more });
const open = async (data = {}) =>
  (await serving.operator.query<{ conflicts: ConflictRecord[] }>('conflict.list', data)).conflicts;
const cli = (token: string, ...argv: string[]) =>
  musher(argv, { env: { MUSHER_URL: serving.url, MUSHER_TOKEN: token }, clock: systemClock });

function untilOpen(kind: string): Promise<ConflictRecord> {
  return waitFor(`a conflict of kind ${kind}`, async () => {
    const all = await open();
    return all.find((one) => one.kind === kind) ?? new Error(JSON.stringify(all));
  });
}

async function mail(one: TestAgent): Promise<string[]> {
  const { items } = await one.query<{ items: InboxItem[] }>('inbox.read', { limit: 100 });
  return items.map(({ type, text }) => `${type} ${text}`);
}

it('two who declare the same are told by mail; the command lists it, yours first', async () => {
  await declare(a, ['src/**']);
  const ran = await cli(
    b.token,
    'intent',
    'declare',
    'wire the form',
    'src/form.ts',
    '--for',
    '5m',
  );
  expect([ran.code, ran.err]).toEqual([0, '']);
  expect(ran.out).toMatch(/^Told to the others; ends in .*\na too: src\/form.ts\n$/);
  const { id } = await untilOpen('forward');
  for (const one of [a, b])
    expect((await mail(one)).at(-1)).toMatch(/^conflict.found \[Musher, .* a and then b said/);
  const listed = await cli(b.token, 'conflicts');
  expect(listed.out).toMatch(
    new RegExp(`^ID .* WHERE\n${id} +low +forward +a, b +a +\\S.* src/form.ts\n$`),
  );
  expect(JSON.parse((await cli(b.token, 'conflicts', '--json', '--accuracy')).out)).toMatchObject({
    conflicts: [{ id, kind: 'forward', agents: ['a', 'b'] }],
    accuracy: { missed: 0, kinds: [{ kind: 'forward', pending: 1 }, {}, {}] },
  });
  await serving.operator.command('conflict.order', { conflict: id, first: 'b' });
  expect((await mail(a)).at(-1)).toContain('the operator merges b first');
  await serving.operator.command('conflict.dismiss', { conflict: id });
  expect(await open()).toEqual([]);
});

it('a claim is refused to the second, until the operator steals it or time ends it', async () => {
  await declare(b, ['db/'], { exclusive: true, forMs: 600_000 });
  const refused = await cli(a.token, 'intent', 'declare', 'x', 'db/schema.sql', '--exclusive');
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(
    /^Agent "b" has claimed db\/schema.sql, until 20.*\[CLAIM_TAKEN\]\n→ Wait/,
  );
  const argv = ['intent', 'steal', 'b', 'the release needs it', '--to', 'a'];
  expect((await cli(serving.operatorToken, ...argv)).out).toBe('Taken: db/.\n');
  for (const one of [a, b])
    expect((await mail(one)).at(-1)).toMatch(
      /^intent.stolen .*a has them now: db\/\nReason: the rel/,
    );
  const { intents } = await a.query<{ intents: IntentRecord[] }>('intent.list');
  expect(intents).toMatchObject([{ agent: 'a', files: ['db/'], exclusive: true }]);
  await a.command('intent.release', {});
  await declare(a, ['db/'], { exclusive: true, forMs: 1_000 });
  await waitFor('a to be told', async () => (await mail(a)).at(-1)?.startsWith('intent.expired'));
  await declare(b, ['db/x.sql'], { exclusive: true });
});

it('who writes in a claim is told, and so is the operator', async () => {
  await declare(a, ['README.md', 'notes/'], { exclusive: true });
  await writeFile(join(b.worktree, 'README.md'), 'by b\n');
  const { severity, files } = await untilOpen('ownership');
  expect([severity, files.map(({ path }) => path)]).toEqual(['medium', ['README.md']]);
  expect((await mail(b)).at(-1)).toContain('b has changed what a says it works on');
  const { items } = await serving.operator.query<{ items: object[] }>('inbox.list');
  expect(items).toMatchObject([
    { kind: 'conflict', agent: 'b', title: 'b writes what a has claimed: README.md' },
  ]);
  await rm(join(b.worktree, 'README.md'));
  await waitFor('it to be over', async () => (await open()).length === 0);
});

it('what git merges is the measure: told while it was written, and right once the second merge conflicts', async () => {
  const merge = async (one: TestAgent) => {
    const commit = await world.repository.commit(`work of ${one.name}`, {}, one.worktree);
    const { approval } = await one.command<{ approval: string }>('approval.request', { commit });
    const yes = { approval, commit, updateCheckout: true };
    await serving.operator.command('approval.approve', yes);
    return waitFor(`the approval of ${one.name}`, async () => {
      const record = await one.query<{ state: string }>('approval.get', { approval });
      return /merged|conflicted|failed/.test(record.state) ? record : record.state;
    });
  };
  await writeFile(join(a.worktree, 'same.md'), 'by a\n');
  await writeFile(join(b.worktree, 'same.md'), 'by b\n');
  const { severity, files } = await untilOpen('in-flight');
  expect([severity, files[0]?.path]).toEqual(['high', 'same.md']);
  const item = { kind: 'conflict', title: expect.stringContaining('cannot be merged by git') };
  const { items } = await serving.operator.query<{ items: object[] }>('inbox.list');
  expect(items).toMatchObject([item]);
  expect((await merge(a)).state).toBe('merged');
  // From here on it is in the target's way.
  await waitFor('what is in the target to collide', async () => {
    const found = await open();
    return found.some(({ agents }) => agents[0] === 'refs/heads/main') ? found : 'not yet';
  });
  expect((await merge(b)).state).toBe('conflicted');
  const { accuracy } = await serving.operator.query<{ accuracy: Accuracy }>('conflict.list', {
    accuracy: true,
  });
  const inFlight = accuracy.kinds.find(({ kind }) => kind === 'in-flight');
  expect(inFlight).toMatchObject({ found: 2, right: 2, falseAlarm: 0, pending: 0 });
  expect(accuracy).toMatchObject({ missed: 0, precision: 1, recall: 1 });
  expect(accuracy.medianWarningMs).toBeGreaterThan(0);
});
