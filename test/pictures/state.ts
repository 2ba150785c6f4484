// One state of the page, on a hub in memory: where it is, how it is brought about, and what shows that it is there.

import { expect, type Page } from '@playwright/test';
import { goTo } from '../e2e/musher-page.ts';

export interface State {
  /** What the fixture page is asked for: `busy`, or `busy&slow=approval.diff`. */
  readonly scene: string;
  readonly hash: string;
  /** CSS of the part that shows it. */
  readonly part: string;
  readonly says: RegExp;
  /** The row to choose first. */
  readonly row?: RegExp;
  /** Drawn by the diff viewer, in a root of its own. */
  readonly isInShadow?: true;
  /** Once the place is there, one after the other. */
  readonly steps?: readonly Step[];
  /** Rules of axe that it is known to break: to be mended, and looked at in all other states. */
  readonly breaks?: readonly string[];
  /** Shown in a window as narrow as a phone, and in no other. */
  readonly isNarrow?: true;
  /** CSS of what else has to be there, drawn later: the colours of a diff. */
  readonly after?: string;
}

export type Step = (page: Page) => Promise<void>;
type Role = Parameters<Page['getByRole']>[0];

/** The place, its row and its steps, and what it says is seen. */
export async function showState(page: Page, state: State): Promise<void> {
  await goTo(page, state.hash);
  if (state.row) await page.getByRole('option', { name: state.row }).first().click();
  for (const step of state.steps ?? []) await step(page);
  await expectShown(page, state);
}

export async function expectShown(
  page: Page,
  { part, says, isInShadow, after }: State,
): Promise<void> {
  const shown = page.locator(part).first();
  if (isInShadow) await expect(shown.getByText(says).first()).toBeVisible();
  else {
    await expect(shown).toBeVisible();
    await expect(shown).toContainText(says);
  }
  if (after) await expect(page.locator(after).first()).toBeVisible();
}

export const see =
  (part: string, says: RegExp): Step =>
  async (page) => {
    await expect(page.locator(part).first()).toContainText(says);
  };

/** Keys that decide are not heard for a moment after a selection moved by itself. */
export const answerable =
  (name: RegExp): Step =>
  async (page) => {
    await expect(page.getByRole('button', { name })).toBeEnabled();
    await expect(page.locator('[data-quiet="true"]')).toHaveCount(0);
  };

export const press =
  (...keys: readonly string[]): Step =>
  async (page) => {
    for (const key of keys) await page.keyboard.press(key);
  };

export const type =
  (text: string): Step =>
  (page) =>
    page.keyboard.type(text);

export const click =
  (role: Role, name: RegExp | string): Step =>
  (page) =>
    page.getByRole(role, { name }).first().click();

export const fill =
  (label: string, text: string): Step =>
  (page) =>
    page.getByLabel(label).first().fill(text);
