// A newer hub replaces the terminal host of an older one: the programs live on, and nothing of what they say is lost or said twice.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HostVersions } from '../harness/host-versions.ts';
import { agentSpec, ScreenViewer } from '../harness/terminals.ts';
import { blankTerminal } from '../harness/recordings.ts';
import { stateOf } from '../harness/terminal-states.ts';
import { waitFor } from '../harness/wait.ts';

let hosts: HostVersions;
beforeEach(async () => {
  hosts = await HostVersions.make();
});
afterEach(() => hosts.dispose());

it('smoke', async () => {
  const old = hosts.hub('1.0.0');
  const copy = join(hosts.folder, 'a.1');
  await old.open(agentSpec('p/a.1', 'tees', copy, 'lines'));
  const viewer = await ScreenViewer.attach(old, 'p/a.1');
  await waitFor('some', () => /line 20/.test(viewer.output));
  const before = await hosts.state();
  const next = hosts.hub('2.0.0');
  const list = await next.list();
  console.log(list, before, await hosts.state(), await hosts.log());
  expect(list.map(({ pid }) => pid)).toEqual(before.terminals.map(({ pid }) => pid));
  viewer.type('q');
  await waitFor('stop', () => /stopped after/.test(viewer.output) || viewer.text());
  const late = await ScreenViewer.attach(next, 'p/a.1');
  await late.parsed();
  const blank = blankTerminal({ cols: 80, rows: 24 });
  await new Promise<void>(async (r) => blank.write(await readFile(copy), r));
  expect(stateOf(late.terminal)).toEqual(stateOf(blank));
  viewer.type('x');
  await waitFor('exit', () => viewer.exit);
  expect(viewer.exit).toEqual({ id: 'p/a.1', exitCode: 7, signal: null });
});
