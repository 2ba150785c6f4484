// Heartbeat files on a real disk: however they come, change, are spoilt and go; and what one does for an agent that runs.

import { execFileSync } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OwnedHeartbeatFiles } from '../../main/adapters/heartbeat-files.ts';
import { openHeartbeatFiles } from '../../main/adapters/heartbeat-files.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Evidence } from '../../preload/contract/status-evidence.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { agentRecord, makeServeWorld } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let home: string;
let files: OwnedHeartbeatFiles | undefined;
let told = 0;

const folder = () => join(home, 'data', 'heartbeats');
const pathOf = (name: string) => join(folder(), name);

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'musher-beats-'));
  told = 0;
});
afterEach(async () => {
  files?.dispose();
  files = undefined;
  await rm(home, { recursive: true, force: true });
});

async function open(): Promise<OwnedHeartbeatFiles> {
  files = await openHeartbeatFiles({ folder: folder(), clock: systemClock, log: silentLogger });
  files.onChange(() => (told += 1));
  return files;
}

const at = '2026-05-04T03:02:01.123456789Z';
const atMs = Date.parse('2026-05-04T03:02:01.123Z');
const text = (agent: string, more: object = {}) =>
  JSON.stringify({ agent_id: agent, last_heartbeat: at, ...more });
const agents = async () => ((await files?.read()) ?? []).map(({ agent }) => agent).sort();
/** Something changes; then it is told within a bound. */
async function untilTold(what: string, change: () => Promise<unknown>): Promise<void> {
  const before = told;
  await change();
  await waitFor(what, () => told > before || told);
}

describe('a heartbeat file', () => {
  it('is read as crosslink writes it, and as others do', async () => {
    await open();
    await writeFile(
      pathOf('a.json'),
      text('a', { active_issue_id: 12, machine_id: 'm-1', version: 3 }),
    );
    await writeFile(pathOf('b.json'), text('b', { active_issue_id: null, machine_id: null }));
    await utimes(pathOf('a.json'), 1_000, 1_000);
    const read = (await files?.read())?.toSorted((a, b) => (a.agent < b.agent ? -1 : 1));
    expect(read).toMatchObject([
      { agent: 'a', atMs, writtenMs: 1_000_000, issue: '12', machine: 'm-1' },
      { agent: 'b', atMs },
    ]);
    expect(Object.keys(read?.[1] ?? {}).sort()).toEqual(['agent', 'atMs', 'writtenMs']);
  });

  it('is told when it comes, changes, is replaced and goes', async () => {
    await open();
    await untilTold('one that comes', () => writeFile(pathOf('a.json'), text('a')));
    expect(await agents()).toEqual(['a']);
    await untilTold('one that changes', () => writeFile(pathOf('a.json'), text('b')));
    expect(await agents()).toEqual(['b']);
    await untilTold('one that is replaced', async () => {
      await writeFile(pathOf('.a.json.tmp'), text('c'));
      await rename(pathOf('.a.json.tmp'), pathOf('a.json'));
    });
    expect(await agents()).toEqual(['c']);
    await untilTold('one that goes', () => rm(pathOf('a.json')));
    expect(await agents()).toEqual([]);
  });

  it('that is torn says what it said before, until it is whole again', async () => {
    await open();
    await writeFile(pathOf('a.json'), text('a'));
    expect(await agents()).toEqual(['a']);
    await truncate(pathOf('a.json'), 20);
    expect(await agents()).toEqual(['a']);
    await truncate(pathOf('a.json'), 0);
    expect(await agents()).toEqual(['a']);
    await writeFile(pathOf('a.json'), text('b'));
    expect(await agents()).toEqual(['b']);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"agent_id": "a", "last_hea'],
    ['no object', '[1]'],
    ['another shape', '{"agent": "a", "at": 1}'],
    ['no time', JSON.stringify({ agent_id: 'a', last_heartbeat: 'just now' })],
    ['no name', text('')],
    ['a name that is none', text('x'.repeat(201))],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00])],
    ['more than a heartbeat', text('a') + ' '.repeat(5_000)],
  ])('with %s in it is passed over, and the others are read', async (_, content) => {
    await open();
    await writeFile(pathOf('bad.json'), content);
    await writeFile(pathOf('good.json'), text('good'));
    expect(await agents()).toEqual(['good']);
  });

  it('is a file: no link, no folder, no pipe, and nothing of another name', async () => {
    await open();
    const secret = join(home, 'elsewhere.json');
    await writeFile(secret, text('linked'));
    await symlink(secret, pathOf('link.json'));
    await symlink(pathOf('nowhere'), pathOf('dangling.json'));
    await symlink(pathOf('self.json'), pathOf('self.json'));
    await mkdir(pathOf('folder.json'));
    execFileSync('mkfifo', [pathOf('pipe.json')]);
    for (const name of ['a.txt', '.hidden.json', 'b.json.tmp'])
      await writeFile(pathOf(name), text(name));
    await writeFile(pathOf('good.json'), text('good'));
    expect(await agents()).toEqual(['good']);
  });

  it('of a gigabyte is not read', async () => {
    await open();
    await writeFile(pathOf('huge.json'), text('huge'));
    await truncate(pathOf('huge.json'), 2 ** 30);
    expect(await agents()).toEqual([]);
  });
});

describe('the folder', () => {
  it('is made for its owner alone, and a thousand files of it are read at most', async () => {
    await open();
    const names = Array.from({ length: 3_000 }, (_, at) => `${at}.json`);
    for (let from = 0; from < names.length; from += 100)
      await Promise.all(
        names.slice(from, from + 100).map((name) => writeFile(pathOf(name), text(name))),
      );
    expect(await agents()).toHaveLength(1_000);
    expect(new Set(await agents()).size).toBe(1_000);
  });

  it('that is not there has nothing, and is watched once it is', async () => {
    await writeFile(join(home, 'data'), 'in its place');
    await open();
    expect(await agents()).toEqual([]);
    await rm(join(home, 'data'));
    await mkdir(folder(), { recursive: true });
    await writeFile(pathOf('a.json'), text('a'));
    expect(await agents()).toEqual(['a']);
    await untilTold('one that comes later', () => writeFile(pathOf('b.json'), text('b')));
    expect(await agents()).toEqual(['a', 'b']);
  });

  it('that goes and comes again is watched again', async () => {
    await open();
    await writeFile(pathOf('a.json'), text('a'));
    await rm(folder(), { recursive: true });
    expect(await agents()).toEqual([]);
    await mkdir(folder());
    expect(await agents()).toEqual([]);
    await untilTold('one in the new folder', () => writeFile(pathOf('b.json'), text('b')));
    expect(await agents()).toEqual(['b']);
  });

  it('is let go of with its owner', async () => {
    const owned = await open();
    owned.dispose();
    owned.dispose();
    await writeFile(pathOf('a.json'), text('a'));
    expect(await agents()).toEqual(['a']);
    expect(told).toBe(0);
  });
});

describe('served', () => {
  let world: ServeWorld;

  beforeAll(async () => {
    world = await makeServeWorld();
  });
  afterAll(() => world?.dispose());

  it('an agent that leaves a heartbeat where its environment says is alive by it, and at work by nothing', async () => {
    const serving = await world.serve();
    const write =
      'printf "{\\"agent_id\\":\\"a\\",\\"last_heartbeat\\":\\"%s\\"}" "$(date -u +%FT%T.999Z)"';
    const command = ['sh', '-c', `${write} > "$MUSHER_HEARTBEATS/a.json"; exec cat`];
    await serving.operator.command('agent.add', { name: 'a', profile: 'script', command });
    await waitFor('the heartbeat', async () => {
      const { evidence } = await serving.operator.query<{ evidence: Evidence[] }>(
        'agent.evidence',
        { agent: 'a' },
      );
      return evidence.some(({ source }) => source === 'heartbeat') || JSON.stringify(evidence);
    });
    const { status } = await waitFor('the agent to be alive', async () => {
      const record = await agentRecord(serving, 'a');
      return record.liveness === 'active' ? record : new Error(JSON.stringify(record));
    });
    expect(status).toMatchObject({ value: 'unknown', source: 'none' });
    const folder = join(world.repository.commonDir, 'musher', 'heartbeats');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await serving.operator.command('agent.stop', { agent: 'a' });
  });
});
