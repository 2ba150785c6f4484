// What axe finds on a page, as one list that a failed test shows.

import { expect, type Page } from '@playwright/test';
import axe, { type ElementContext, type RunOptions } from 'axe-core';
import { cases } from '../harness/rounds.ts';

/**
 * `where` stands before each finding. The page has no frames. What stands around each view is looked at by `accessibility`, and
 * here at length alone.
 */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await expectNothing(page, where, view);
}

/** Of what this selector finds alone: cheap enough to be asked of each of many states. `rules`: left out, all. */
export async function expectPartAccessible(
  page: Page,
  where: string,
  look: Look & { readonly part: string },
): Promise<void> {
  await expectNothing(page, where, look);
}

/** All of it in the dark, then the colours in the light: they are all that a theme changes. Leaves the page dark. */
export function expectAccessibleInBothThemes(page: Page, where: string): Promise<void> {
  return inBothThemes(page, where, {});
}

/** The same of what this selector finds alone. */
export function expectPartAccessibleInBothThemes(
  page: Page,
  where: string,
  part: string,
): Promise<void> {
  return inBothThemes(page, where, { part });
}

/**
 * All of it in the dark, and the colours in the light and in both of high contrast. Leaves the page dark. Of a menu itself alone:
 * while it is open, all else is hidden from assistive technology, which axe takes for a page without landmarks.
 */
export async function expectAccessibleInAllThemes(
  page: Page,
  where: string,
  { part, breaks = [] }: { readonly part: string; readonly breaks?: readonly string[] },
): Promise<void> {
  const look = part === menu ? { part } : { breaks };
  await inBothThemes(page, where, look);
  for (const theme of ['dark', 'light'] as const) {
    await showInHighContrast(page, theme);
    const title = `${where}, ${theme} with high contrast`;
    await expectNothing(page, title, { ...look, rules: ['color-contrast'] });
  }
  await showIn(page, 'dark');
}

/** The same in the theme that is shown. */
export async function expectAccessibleAsShown(
  page: Page,
  where: string,
  { part, breaks = [] }: { readonly part: string; readonly breaks?: readonly string[] },
): Promise<void> {
  await endTransitions(page);
  await expectNothing(page, where, part === menu ? { part } : { breaks });
}

/** As `expectAccessible`, in the dark; at length the colours in the light too. At length every state is looked at in all themes, by `pictures`. */
export async function expectAccessibleInThemes(page: Page, where: string): Promise<void> {
  if (isAtLength) return inBothThemes(page, where, {});
  await showIn(page, 'dark');
  await expectNothing(page, `${where}, dark`, view);
}

const menu = '[role="menu"]';
const isAtLength = cases([], ['light']).length > 0;
const frame = ['nav[aria-label^="Views"]', 'footer:not(main *, [role="dialog"] *)'];
/** What lies above it, too: a dialog, a menu. */
const view: Look = isAtLength ? {} : { without: frame };

async function inBothThemes(page: Page, where: string, look: Look): Promise<void> {
  await showIn(page, 'dark');
  await expectNothing(page, `${where}, dark`, look);
  await showIn(page, 'light');
  await expectNothing(page, `${where}, light`, { ...look, rules: ['color-contrast'] });
  await showIn(page, 'dark');
}

/**
 * Of states that one page shows after another: the page as the first has it, then of each second one the part in which they
 * differ; each is shown once. At length of each of them, in dark and light by turns, and its colours in the other.
 */
export async function expectStatesAccessible(
  page: Page,
  part: string,
  states: readonly (readonly [title: string, show: () => Promise<void>])[],
): Promise<void> {
  await showIn(page, 'dark');
  for (const [at, [title, show]] of states.entries()) {
    const look = at === 0 ? view : { part };
    const isDark = (isAtLength ? at : at / 2) % 2 === 0;
    const [one, other] = isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
    await show();
    if (!isAtLength && at % 2 === 1) continue;
    // Until what its buttons fade in from is over.
    await showIn(page, one);
    await expectNothing(page, `${title}, ${one}`, look);
    if (!isAtLength) continue;
    await showIn(page, other);
    await expectNothing(page, `${title}, ${other}`, { ...look, rules: ['color-contrast'] });
  }
}

interface Look {
  /** CSS of the part to look at; left out, the page. */
  readonly part?: string;
  /** CSS of what is left out of it. */
  readonly without?: readonly string[];
  /** Left out, all. */
  readonly rules?: readonly string[];
  /** Rules that are known to be broken there. */
  readonly breaks?: readonly string[];
}

interface AxeWindow extends Window {
  readonly axe?: typeof axe;
}

const options: RunOptions = {
  // What passed is not written down node by node: that took longer than finding what does not.
  resultTypes: ['violations'],
  // Style sheets are fetched and parsed again for one rule alone, which is off.
  preload: false,
  // It looks for `!important` in style attributes, which React cannot write, and was a sixth of all.
  rules: { 'avoid-inline-spacing': { enabled: false } },
};

async function expectNothing(page: Page, where: string, look: Look = {}): Promise<void> {
  const isThere = await page.evaluate(() => 'axe' in window);
  // Once for each load of a page: it is half a megabyte to parse.
  if (!isThere) await page.evaluate(axe.source);
  const told = await page.evaluate(findings, {
    // A terminal's rows are a picture of text, read out by its own live region.
    context: {
      exclude: ['.xterm-screen', ...(look.without ?? [])],
      ...(look.part === undefined ? {} : { include: [look.part] }),
    },
    options: look.rules === undefined ? options : { ...options, runOnly: [...look.rules] },
  });
  const known = look.breaks ?? [];
  const unknown = told.filter((one) => !known.some((rule) => one.startsWith(`${rule}:`)));
  expect(unknown.map((one) => `${where}: ${one}`)).toEqual([]);
}

/** In the page. */
async function findings(asked: {
  context: ElementContext;
  options: RunOptions;
}): Promise<string[]> {
  const { axe: inPage } = window as AxeWindow;
  if (inPage === undefined) throw new Error('axe is not on the page');
  const { violations } = await inPage.run(asked.context, asked.options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`);
}

export async function showIn(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme, contrast: 'no-preference', reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
  await endTransitions(page);
}

async function showInHighContrast(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme, contrast: 'more', reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
  await endTransitions(page);
}

/** Colours that are still on their way are those of neither theme. Put to their end: one that no frame moves on would be waited for without end. */
async function endTransitions(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  });
}
