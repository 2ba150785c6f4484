// Enter after a paste: only once the program shows the text, so that it is read apart from it, and is never for something else.

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { agentSpec, createTestHost, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

let host: Terminals;

beforeEach(() => {
  host = createTestHost();
});

afterEach(() => host.dispose());

async function open(...args: string[]): Promise<ScreenViewer> {
  await host.open(agentSpec('a.1', 'pastes', ...args));
  const viewer = await ScreenViewer.attach(host, 'a.1');
  await waitFor('the program', () => viewer.text().includes('ready') || viewer.text());
  return viewer;
}

it('a program that computes, and takes an early Enter for a new line, gets it as an Enter', async () => {
  const viewer = await open();
  for (const word of ['one', 'two', 'two']) await host.paste('a.1', word, true);
  const took = () => [...viewer.output.matchAll(/took <(.*?)>/g)].map(([, text]) => text);
  await waitFor('all three', () => took().length === 3 || viewer.text());
  expect(took()).toEqual(['"one"', '"two"', '"two"']);
});

it('a question that takes no text gets no Enter, and whoever typed is told', async () => {
  const viewer = await open('asking');
  await expect(host.paste('a.1', 'You have new messages.', true)).rejects.toMatchObject({
    wire: { code: 'TERMINAL_UNSHOWN' },
  });
  // A key that is meant for it comes through.
  viewer.type('\r');
  await waitFor('the answer', () => viewer.output.includes('allowed') || viewer.text());
  expect(viewer.output.split('allowed')).toHaveLength(2);
});
