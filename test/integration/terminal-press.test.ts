// Keys for one very screen: they are written while it shows exactly that, and not at all otherwise.

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { refusedWith } from '../harness/hub.ts';
import { commandSpec, createTestHost } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

let host: Terminals;

beforeEach(() => {
  host = createTestHost();
});
afterEach(() => host.dispose());

/** Tells in octal what it reads. */
async function asking(first = ''): Promise<string> {
  const script = `stty raw -echo; printf '${first}May I? '; head -c6 | od -An -c; exec sleep 99`;
  await host.open(commandSpec('a.1', '/bin/bash', '--norc', '-c', script));
  await untilScreen('May I?');
  return (await host.text('a.1')).text;
}

function untilScreen(words: string): Promise<unknown> {
  return waitFor(`${words} on the screen`, async () => {
    const { text } = await host.text('a.1');
    return text.replace(/\s+/g, ' ').includes(words) || new Error(text);
  });
}

it('are written for what it shows, and not for anything else', async () => {
  const onScreen = await asking();
  expect(await host.press('a.1', { keys: 'no', onScreen: `${onScreen} x` })).toBe(false);
  expect(await host.press('a.1', { keys: 'no', onScreen: 'May' })).toBe(false);
  expect(await host.press('a.1', { keys: '12345\r', onScreen })).toBe(true);
  await untilScreen('1 2 3 4 5 \\r');
  expect(await host.press('a.1', { keys: 'y', onScreen })).toBe(false);
});

it('are escape sequences to a program that wants every key so', async () => {
  const onScreen = await asking('\\033[>8u');
  expect(await host.press('a.1', { keys: '1', onScreen })).toBe(true);
  await host.paste('a.1', 'x', false);
  await untilScreen('033 [ 4 9 u x');
});

it('come neither to a program that is held nor to one that ended', async () => {
  const onScreen = await asking();
  await host.pause('a.1');
  await refusedWith('AGENT_PAUSED', host.press('a.1', { keys: '1', onScreen }));
  await host.end('a.1', 1_000);
  await refusedWith('TERMINAL_GONE', host.press('a.1', { keys: '1', onScreen }));
});
