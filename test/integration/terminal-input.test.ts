import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { toPaste } from '../../main/terminal-host/paste.ts';
import { agentSpec, createTestHost, fastClock, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

let host: Terminals;

beforeEach(() => {
  host = createTestHost();
});

afterEach(() => host.dispose());

it.each([
  ['plain', 'one\r\ntwo', 'one\rtwo', '\x1b[200~one\ntwo\x1b[201~'],
  ['tabs', 'a\tb', 'a\tb', '\x1b[200~a\tb\x1b[201~'],
  [
    'the end of a bracket',
    'a\x1b[201~\rrm -rf',
    'a[201~\rrm -rf',
    '\x1b[200~a[201~\nrm -rf\x1b[201~',
  ],
  ['the same as C1', 'a\u009b201~b', 'a201~b', '\x1b[200~a201~b\x1b[201~'],
  ['keys', '\x03\x04\x1a\x7f\x00x', 'x', '\x1b[200~x\x1b[201~'],
])('a paste of %s is what a person could have typed', (_, text, ...expected) => {
  expect([toPaste(text, false), toPaste(text, true)]).toEqual(expected);
});

it.each([
  ['that did not ask for it', [], 'one\\r'],
  ['that asked for brackets', ['bracketed'], '\\u001b[200~one\\u001b[201~\\r'],
])('pasted text reaches a program %s, and Enter after it', async (_, args, expected) => {
  await host.open(agentSpec('a.1', 'echo', ...args));
  const viewer = await attachReady();
  await host.paste('a.1', 'one', true);
  await waitFor('text and Enter', () => readBy(viewer) === expected || readBy(viewer));
});

it('pastes and typing keep their order', async () => {
  await host.open(agentSpec('a.1', 'echo'));
  const viewer = await attachReady();
  const pasted = Promise.all([host.paste('a.1', 'one', true), host.paste('a.1', 'two', true)]);
  viewer.type('three');
  await pasted;
  await waitFor('everything', () => readBy(viewer) === 'one\\rtwo\\rthree' || readBy(viewer));
});

it('a program that reads nothing freezes nobody', async () => {
  await host.open(agentSpec('deaf.1', 'forever', 'deaf'));
  const deaf = await ScreenViewer.attach(host, 'deaf.1');
  await waitFor('the deaf one', () => deaf.text().includes('pid') || deaf.text());
  await host.open(agentSpec('a.1', 'echo'));
  const viewer = await attachReady();
  for (let count = 0; count < 8; count++) deaf.type('x'.repeat(1024 * 1024));
  const pasted = expect(host.paste('deaf.1', 'y', true)).rejects.toMatchObject({
    wire: { code: 'TERMINAL_GONE' },
  });
  viewer.type('z');
  await waitFor('the echo of the other', () => viewer.output.includes('<z>') || viewer.output);
  await host.end('deaf.1', 1000);
  await pasted;
});

it('a paste that the program does not read is given up; typing and pasting go on when it reads again', async () => {
  await host.dispose();
  host = createTestHost(fastClock(10));
  const { pid } = await host.open(agentSpec('a.1', 'echo', 'bracketed'));
  const viewer = await attachReady();
  process.kill(pid, 'SIGSTOP');
  const pasted = host.paste('a.1', 'x'.repeat(1024 * 1024), true);
  await expect(pasted).rejects.toMatchObject({ wire: { code: 'TERMINAL_UNREAD' } });
  process.kill(pid, 'SIGCONT');
  viewer.type('z');
  await waitFor('the key', () => readBy(viewer).endsWith('z') || viewer.output.slice(-80));
  // What it was given before, whole: a bracket that ends, and no Enter.
  expect(readBy(viewer)).toMatch(/^\\u001b\[200~x+\\u001b\[201~z$/);
  expect(readBy(viewer).length).toBeLessThan(512 * 1024);
  await host.paste('a.1', 'more', true);
  await waitFor('Enter', () => readBy(viewer).endsWith('\\u001b[200~more\\u001b[201~\\r'));
});

it('a long paste arrives whole', async () => {
  await host.open(agentSpec('a.1', 'echo', 'bracketed'));
  const viewer = await attachReady();
  const text = Array.from({ length: 20_000 }, (_, index) => `${index},`).join('');
  await host.paste('a.1', text, true);
  await waitFor('Enter', () => viewer.output.endsWith('<\\r>') || viewer.output.length);
  const got = viewer.output.replaceAll('><', '').replace(/^.*<(?=\\u001b)/s, '');
  expect(got).toBe(`\\u001b[200~${text}\\u001b[201~\\r>`);
});

it('nothing can be pasted into a terminal that is gone', async () => {
  await expect(host.paste('a.1', 'x', true)).rejects.toMatchObject({
    wire: { code: 'TERMINAL_GONE' },
  });
});

async function attachReady(): Promise<ScreenViewer> {
  const viewer = await ScreenViewer.attach(host, 'a.1');
  await waitFor('the program to be ready', () => viewer.text().includes('ready') || viewer.text());
  return viewer;
}

/** What the program got; a busy machine hands several writes to it at once. */
function readBy(viewer: ScreenViewer): string {
  return [...viewer.output.matchAll(/<([^>]*)>/g)].map(([, text]) => text).join('');
}
