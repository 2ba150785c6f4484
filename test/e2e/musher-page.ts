// A page on a real Musher: signed in by its link, driven as a person would.

import { expect, type Locator, type Page } from '@playwright/test';
import type { Serving } from '../harness/serve.ts';

/** Signs in. Terminals draw as text (a browser without WebGL), so that tests can read what is shown. */
export async function openMusher(page: Page, serving: Serving): Promise<void> {
  await page.addInitScript(withoutWebGl);
  await page.addInitScript(withoutTour);
  const { body } = await serving.operator.send('/v1/login', { method: 'POST' });
  await page.goto((body as { loginUrl: string }).loginUrl);
  await expect(page.getByRole('status').filter({ hasText: 'Connected' })).toBeVisible();
}

/** For `addInitScript`: agents are a list at first, so that whoever is not about terminals waits for none. */
export function agentsAsList(): void {
  const key = 'musher.agentsLayouts';
  const layout = { layout: 'grid', density: 'list', filter: '', pins: [], folded: [] };
  const stored = [{ project: '', ...layout, split: [], shares: [] }];
  if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify(stored));
}

/** For `addInitScript`: the tour was offered before. */
export function withoutTour(): void {
  if (localStorage.getItem('musher.tour') === null)
    localStorage.setItem('musher.tour', '"dismissed"');
}

/** For `addInitScript`. */
export function withoutWebGl(): void {
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string) {
    return kind.startsWith('webgl') ? null : Reflect.apply(getContext, this, [kind]);
  } as typeof getContext;
}

export interface NewAgent {
  readonly name: string;
  readonly profile: string;
  readonly command?: readonly string[];
  readonly base?: string;
}

/** By the dialog; it stays open when the hub refuses. */
export async function addAgent(page: Page, agent: NewAgent): Promise<Locator> {
  await page.getByRole('button', { name: 'New agent' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New agent' });
  await dialog.getByLabel('Name').fill(agent.name);
  await dialog.getByRole('radio', { name: agent.profile }).check();
  if (agent.command) await dialog.getByLabel('Command').fill(agent.command.map(quoted).join(' '));
  if (agent.base) await dialog.getByLabel('Start from').selectOption(agent.base);
  await dialog.getByRole('button', { name: 'Create agent' }).click();
  return dialog;
}

function quoted(word: string): string {
  return /[^\w./:@=-]/.test(word) ? `'${word}'` : word;
}

export function terminalOf(page: Page, agent: string): Locator {
  return page.getByRole('region', { name: `Terminal of ${agent}` });
}

/** The lines that are on the screen, without what is empty below them. */
export async function screenText(terminal: Locator): Promise<string> {
  const lines = await terminal.locator('.xterm-rows > div').allTextContents();
  return lines
    .map((line) => line.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .trimEnd();
}

export async function expectOnScreen(terminal: Locator, text: string): Promise<void> {
  // By itself it would soon look but once a second.
  const intervals = [50, 100, 150, 200];
  await expect.poll(() => screenText(terminal), { timeout: 15_000, intervals }).toContain(text);
}

export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** Before the page opens: from `hold` to `release` nothing of the hub reaches the page, and then all of it, in order. */
export async function holdableHub(page: Page): Promise<{ hold(): void; release(): void }> {
  let held: (() => void)[] | undefined;
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => server.send(message));
    server.onMessage((message) => {
      const pass = () => socket.send(message);
      if (held === undefined) pass();
      else held.push(pass);
    });
  });
  return {
    hold: () => {
      held = [];
    },
    release: () => {
      for (const pass of held ?? []) pass();
      held = undefined;
    },
  };
}
