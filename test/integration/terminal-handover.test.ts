// A newer hub replaces the terminal host of an older one: the programs live on, and nothing of what they say, or of what is
// typed, is lost or comes twice.

import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TerminalExit, Terminals } from '../../main/features/terminals/ports.ts';
import { HostVersions } from '../harness/host-versions.ts';
import { markedBy } from '../harness/host-world.ts';
import { seededRandom } from '../harness/hub.ts';
import { blankTerminal, exportOf, playCast } from '../harness/recordings.ts';
import { cases, rounds } from '../harness/rounds.ts';
import { stateOf } from '../harness/terminal-states.ts';
import { agentSpec, isAlive, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

const kinds = [
  ...(['lines', 'lines', 'draws', 'cuts', 'floods', 'lines'] as const),
  ...cases([], ['draws', 'cuts'] as const),
];
const paused = 'p/t.2';
const idOf = (at: number) => `p/t.${at + 1}`;
const all = kinds.map((_, at) => idOf(at));

let hosts: HostVersions;

beforeEach(async () => {
  hosts = await HostVersions.make();
});

afterEach(() => hosts.dispose());

const copyOf = (id: string) => join(hosts.folder, `${id.replace('/', '-')}.copy`);

/** Opens a program of each kind, recorded, and waits until each has said something. */
async function openAll(hub: Terminals): Promise<void> {
  for (const [at, kind] of kinds.entries()) await openOne(hub, idOf(at), kind);
  await waitFor('all to speak', async () => (await hub.lastOutputs()).length === all.length);
}

async function openOne(hub: Terminals, id: string, kind: string): Promise<void> {
  const name = id.replace('p/', '');
  const recording = { folder: hosts.recordings, name, maskSecrets: true };
  await hub.open({ ...agentSpec(id, 'tees', copyOf(id), kind), recording });
}

async function pidsOf(hub: Terminals): Promise<ReadonlyMap<string, number>> {
  return new Map((await hub.list()).map(({ id, pid }) => [id, pid]));
}

/** It says no more, and its count is on the screen. */
async function stop(viewer: ScreenViewer): Promise<void> {
  viewer.type('q');
  await waitFor(
    'the program to stop',
    () => /stopped after \d+/.test(viewer.text()) || viewer.text(),
    {
      timeoutMs: 30_000,
    },
  );
  await viewer.parsed();
}

/** What it said, on a terminal that nobody ever took away. */
async function expectUninterrupted(hub: Terminals, id: string): Promise<void> {
  const late = await ScreenViewer.attach(hub, id);
  await stop(late);
  const mirror = blankTerminal(late.terminal);
  const said = await readFile(copyOf(id));
  await new Promise<void>((resolve) => mirror.write(said, resolve));
  expect(stateOf(late.terminal), id).toEqual(stateOf(mirror));
  late.attachment?.detach();
  mirror.dispose();
}

/** Played again, its recording gives the same; only a flood is more than is recorded. */
async function expectRecorded(id: string, text: string): Promise<void> {
  const name = id.replace('p/', '');
  const cast = await waitFor(`the recording of ${id}`, async () => {
    const found = await exportOf(hosts.recordings, name);
    return found.includes(text) ? { found } : found.slice(-200);
  });
  const played = await playCast(cast.found);
  const mirror = blankTerminal(played);
  const said = await readFile(copyOf(id));
  await new Promise<void>((resolve) => mirror.write(said, resolve));
  expect(stateOf(played), id).toEqual(stateOf(mirror));
}

/** Types numbers until told to stop; returns all of them. */
function typist(viewer: ScreenViewer): () => string {
  let typed = '';
  const timer = setInterval(() => {
    const key = String(typed.length % 10);
    typed += key;
    viewer.type(key);
  }, 3);
  return () => {
    clearInterval(timer);
    return typed;
  };
}

it('busy terminals of every kind go on under a newer host: same programs, screens, recordings, and every key once', async () => {
  const old = hosts.hub('1.9.0');
  await openAll(old);
  const before = await pidsOf(old);
  const { pid, hostId } = await hosts.state();
  const flood = await ScreenViewer.attach(old, 'p/t.5');
  const typing = await ScreenViewer.attach(old, 'p/t.6');
  const stopTyping = typist(typing);
  await waitFor('keys to come back', () => typing.output.includes('<3>'));
  await old.pause(paused);
  const next = hosts.hub('1.10.0');
  expect(await pidsOf(next)).toEqual(before);
  const state = await hosts.state();
  expect(state).toMatchObject({ hostId, keepers: [{ pid }] });
  expect(state.pid).not.toBe(pid);
  expect(new Map(state.terminals.map((one) => [one.id, one.pid]))).toEqual(before);
  expect((await next.list()).filter(({ isPaused }) => isPaused).map(({ id }) => id)).toEqual([
    paused,
  ]);
  await next.resume(paused);
  await waitFor('both viewers to be back', () => flood.restores === 2 && typing.restores === 2);
  const typed = stopTyping();
  await waitFor('the last key', async () => keysIn(await readFile(copyOf('p/t.6'))) === typed);
  for (const id of all) await expectUninterrupted(next, id);
  for (const id of all) if (id !== 'p/t.5') await expectRecorded(id, 'stopped after');
  if (process.platform === 'linux')
    expect([await mastersOf(state.pid), await mastersOf(pid)]).toEqual([all.length, 0]);
  // The old hub has the new host, and takes nothing back.
  expect(await pidsOf(old)).toEqual(before);
  expect((await hosts.state()).pid).toBe(state.pid);
  expect(await hosts.log()).not.toContain('"level":50');
});

/** Where digits do not follow on one another. */
function oddPlace(keys: string): string {
  const at = [...keys].findIndex((key, index) => key !== String(index % 10));
  return at < 0 ? 'the end is missing' : `at ${at}, ${keys.slice(at - 3, at + 12)}`;
}

/** How many masters of ptys a process holds. */
async function mastersOf(pid: number): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  const links = (await readdir(folder)).map((name) => readlink(join(folder, name)).catch(() => ''));
  return (await Promise.all(links)).filter((link) => link.endsWith('ptmx')).length;
}

function keysIn(said: Buffer): string {
  return [...String(said).matchAll(/<(\d)>/g)].map(([, key]) => key).join('');
}

it('how its programs end is told as it was, also those of hosts before the last one; what is left goes with them', async () => {
  const first = hosts.hub('1.0.0');
  const exits: TerminalExit[] = [];
  first.onExit((exit) => exits.push(exit));
  const keys = { x: { exitCode: 7, signal: null }, k: { exitCode: null, signal: 'SIGTERM' } };
  const parents: number[] = [];
  for (let version = 1; version <= 3; version++) {
    const hub = version === 1 ? first : hosts.hub(`${version}.0.0`);
    for (const key of Object.keys(keys)) await openOne(hub, `p/${key}.${version}`, 'lines');
    parents.push((await hosts.state()).pid);
  }
  await first.open(agentSpec('p/short.1', 'exits', '5'));
  await waitFor('it to end', () => exits.length === 1);
  const last = hosts.hub('4.0.0');
  expect((await last.list()).length).toBe(6);
  expect((await hosts.state()).keepers?.map(({ pid }) => pid)).toEqual(parents);
  for (const version of [2, 1, 3]) {
    for (const [key, how] of Object.entries(keys)) {
      const id = `p/${key}.${version}`;
      const viewer = await ScreenViewer.attach(last, id);
      await waitFor('it to speak', () => viewer.text().includes('line'));
      viewer.type(key);
      await waitFor(`${id} to end`, () => viewer.exit);
      expect(viewer.exit).toEqual({ id, ...how });
      await waitFor('the first hub to know', () => exits.some((exit) => exit.id === id));
      expect(exits.find((exit) => exit.id === id)).toEqual({ id, ...how });
    }
    const parent = parents[version - 1] ?? 0;
    await waitFor('its parent to end', async () => !(await isAlive(parent)));
  }
  // What ended before, unrecorded, is known as well.
  expect((await last.ended())[0]).toEqual({ id: 'p/short.1', exitCode: 5, signal: null });
  expect((await last.ended()).length).toBe(7);
  expect((await ScreenViewer.attach(last, 'p/short.1')).exit).toMatchObject({ exitCode: 5 });
});

it('after it, sizes reach the program, viewers that came back decide nothing, and new terminals open', async () => {
  const old = hosts.hub('1.0.0');
  await openOne(old, 'p/a.1', 'lines');
  const wide = await ScreenViewer.attach(old, 'p/a.1', { cols: 100, rows: 30 });
  await waitFor('it to speak', () => wide.text().includes('line'));
  const small = await ScreenViewer.attach(old, 'p/a.1', { cols: 60, rows: 20 });
  await waitFor('the smaller size', () => small.output.includes('size 60x20'));
  const next = hosts.hub('2.0.0');
  expect(await next.list()).toMatchObject([{ cols: 60, rows: 20 }]);
  await waitFor('both to be back', () => wide.terminal.cols === 60 && small.restores === 2);
  expect(
    String(await readFile(copyOf('p/a.1')))
      .match(/size \d+x\d+/g)
      ?.at(-1),
  ).toBe('size 60x20');
  wide.attachment?.resize(90, 25);
  await waitFor('the new size', () => wide.output.includes('size 90x25'));
  await next.paste('p/a.1', 'ab', false);
  await waitFor('what was pasted', () => wide.output.includes('<a><b>') || wide.text());
  await openOne(next, 'p/b.1', 'lines');
  const { terminals, hostId } = await waitFor('both to be written down', async () => {
    const state = await hosts.state();
    return state.terminals.length === 2 ? state : state.terminals.length;
  });
  expect(terminals.map(({ id }) => id)).toEqual(['p/a.1', 'p/b.1']);
  // Marks of two hosts are never the same.
  expect((await markedBy(hostId)).length).toBe(2);
  await next.end('p/a.1', 1000);
  expect((await next.list()).map(({ id }) => id)).toEqual(['p/b.1']);
});

it('a new host that is killed leaves no program and no parent behind', async () => {
  await openAll(hosts.hub('1.0.0'));
  await hosts.hub('2.0.0').list();
  await openOne(hosts.hub('2.0.0'), 'p/new.1', 'lines');
  await hosts.kill();
});

it('when the parent is killed, its programs go on; how they end then nobody saw', async () => {
  await openOne(hosts.hub('1.0.0'), 'p/a.1', 'lines');
  const { pid } = await hosts.state();
  const next = hosts.hub('2.0.0');
  await next.list();
  process.kill(pid, 'SIGKILL');
  await waitFor('it to be gone', async () => !(await isAlive(pid)));
  await expectUninterrupted(next, 'p/a.1');
  const viewer = await ScreenViewer.attach(next, 'p/a.1');
  viewer.type('x');
  await waitFor('the end', () => viewer.exit);
  expect(viewer.exit).toEqual({ id: 'p/a.1', exitCode: null, signal: null });
});

describe('a new host that fails changes nothing', () => {
  const heir = fileURLToPath(new URL('../harness/heir.mjs', import.meta.url));

  it.each(cases(['exits', 'partly'], ['hangs', 'takes', 'dies']))('one that %s', async (how) => {
    hosts.giveMs = 4000;
    const old = hosts.hub('1.0.0');
    const some = ['p/t.1', 'p/t.2', 'p/t.3'];
    await openOne(old, 'p/t.1', 'lines');
    await openOne(old, 'p/t.2', 'cuts');
    await openOne(old, 'p/t.3', 'draws');
    const before = await hosts.state();
    const typing = await ScreenViewer.attach(old, 'p/t.1');
    await waitFor('it to speak', () => typing.text().includes('line'));
    const stopTyping = typist(typing);
    const next = hosts.hub('2.0.0', [heir, how]);
    expect(await pidsOf(next)).toEqual(await pidsOf(old));
    expect(await hosts.state()).toMatchObject({ pid: before.pid, keepers: [] });
    const typed = stopTyping();
    await waitFor('the last key', async () => keysIn(await readFile(copyOf('p/t.1'))) === typed);
    for (const id of some) await expectUninterrupted(next, id);
    for (const id of some) await expectRecorded(id, 'stopped after');
    expect((await readdir(hosts.place.folder)).filter((name) => /^[hk][^.]*$/.test(name))).toEqual([
      'key',
    ]);
    // One that works is taken all the same.
    expect((await hosts.hub('3.0.0').list()).length).toBe(some.length);
    expect((await hosts.state()).pid).not.toBe(before.pid);
  });
});

it('whenever it happens, and however often, nothing is lost', async () => {
  const random = seededRandom(11);
  let hub = hosts.hub('1.0.0');
  for (let round = 1; round <= rounds(1, 50); round++) {
    const some = kinds.flatMap((kind, at) =>
      random() < 0.5 ? [[`p/t.${at}`, kind] as const] : [],
    );
    for (const [id, kind] of some) await openOne(hub, id, kind);
    await waitFor('all to speak', async () => (await hub.lastOutputs()).length === some.length);
    const viewers = await Promise.all(some.map(([id]) => ScreenViewer.attach(hub, id)));
    const typists = viewers.map(typist);
    const times = 1 + Math.floor(random() * 3);
    for (let time = 1; time <= times; time++) {
      await waitFor(
        'something to be said',
        async () => (await hub.lastOutputs()).length === some.length,
      );
      const next = hosts.hub(`${round}.${time}.0`);
      expect((await next.list()).length).toBe(some.length);
      hub = next;
    }
    const typed = typists.map((stopTyping) => stopTyping());
    for (const [at, [id]] of some.entries()) {
      await waitFor(
        `the last key of ${id}`,
        async () => {
          const keys = keysIn(await readFile(copyOf(id)));
          return (
            keys === typed[at] ||
            `${keys.length} of ${typed[at]?.length}: ${oddPlace(keys)}, exit ${JSON.stringify(viewers[at]?.exit)}`
          );
        },
        { timeoutMs: 30_000 },
      );
      await expectUninterrupted(hub, id);
    }
    for (const [at, viewer] of viewers.entries()) {
      viewer.type('x');
      await waitFor('the end', () => viewer.exit);
      expect(viewer.exit).toEqual({ id: some[at]?.[0], exitCode: 7, signal: null });
    }
  }
});

it('whatever is killed while it happens, what runs is known to a hub, and nothing else runs', async () => {
  const random = seededRandom(5);
  for (let round = 1; round <= rounds(1, 50); round++) {
    const hub = hosts.hub(`${round}.0.0`);
    for (const id of ['p/a.1', 'p/b.1']) await openOne(hub, id, 'lines');
    const before = await hosts.state();
    const next = hosts.hub(`${round}.5.0`);
    const asked = next.list().catch(() => []);
    if (random() < 0.5) {
      await waitFor('the new host', async () => (await hosts.processes('--take-over')).length > 0);
    }
    const victims = [before.pid, ...(random() < 0.5 ? await hosts.processes('--take-over') : [])];
    const victim = victims.at(-1) ?? 0;
    if (random() < 0.5) await next.lastOutputs().catch(() => []);
    if (await isAlive(victim)) process.kill(victim, 'SIGKILL');
    await asked;
    await waitFor('only what is known to run', async () => {
      const known = [...(await pidsOf(next)).values()].sort();
      const { hostId } = await hosts.state();
      const marked = new Set([...(await markedBy(hostId)), ...(await markedBy(before.hostId))]);
      const running = [...marked].sort();
      return String(known) === String(running) || { known, running, at: victim }.at;
    });
    for (const id of (await pidsOf(next)).keys()) {
      await expectUninterrupted(next, id);
      await next.end(id, 2000);
    }
  }
});
