// How the page looks in every state, against the pictures that are kept of it: at length in both themes and all sizes, with
// what axe finds in all themes. Briefly some states, each in one look, with what axe finds in that. `MUSHER_WRITE_PICTURES=1` keeps what is seen.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { readPng } from '../harness/read-png.ts';
import { cases } from '../harness/rounds.ts';
import { waitFor } from '../harness/wait.ts';
import { compareGrids, type Difference } from '../pictures/compare-grids.ts';
import { type Grid, toGrid } from '../pictures/grid.ts';
import {
  type Look,
  lookOf,
  looksOf,
  readKept,
  type Size,
  sizesOf,
  themes,
  writeKept,
} from '../pictures/kept.ts';
import { expectShown, showState, type State } from '../pictures/state.ts';
import { states } from '../pictures/states.ts';
import { expectAccessibleAsShown, expectAccessibleInAllThemes, showIn } from './axe.ts';

const isWriting = process.env.MUSHER_WRITE_PICTURES === '1';
/** Where what was seen is put as well, to be looked at. */
const seenFolder = process.env.MUSHER_PICTURES;

/** Ages are counted from it, and dates are its. */
const now = new Date('2026-03-10T14:20:00Z');
const withinMs = 8_000;

test.use({ timezoneId: 'UTC', locale: 'en-GB' });
test.describe.configure({ mode: 'parallel' });

let fixture: FixturePage;
test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

test.beforeEach(async ({ page }) => {
  page.setDefaultTimeout(withinMs);
  await page.clock.setFixedTime(now);
  await page.addInitScript(inFonts);
  await page.addInitScript(asOnFirstVisit);
});

/** What is written is compared too, so it is in the same fonts on all machines that have them (Debian: fonts-dejavu-core). */
function inFonts(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :root { --font-ui: 'DejaVu Sans' !important; --font-mono: 'DejaVu Sans Mono' !important; }
    /* It is seen for a while after the screen moved. */
    .xterm .scrollbar { display: none !important; }
  `);
  document.adoptedStyleSheets.push(sheet);
}

/** In the page. Elsewhere lines are as long as another font makes them. */
function hasFonts(): boolean {
  const context = document.createElement('canvas').getContext('2d');
  const widths = ['monospace', 'serif'].map((other) => {
    if (context) context.font = `72px 'DejaVu Sans', ${other}`;
    return context?.measureText('Musher, all in its place').width;
  });
  return widths[0] === widths[1];
}

/** What an earlier visit chose is kept. */
function asOnFirstVisit(): void {
  if (location.protocol !== 'http:') return;
  localStorage.clear();
  sessionStorage.clear();
}

interface Picture {
  readonly png: Buffer;
  readonly grid: Grid;
}

async function open(page: Page, state: State, { width, height }: Size): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.goto('about:blank');
  await page.goto(`${fixture.url}?scene=${state.scene}${state.hash}`);
  await showState(page, state);
  // What lies under it would be told from the rest, and say its name after a while.
  await page.mouse.move(0, 0);
}

/** A window is made smaller while it is open; but that closes some of what lies above a view, and terminals scroll. */
async function showAt(page: Page, state: State, size: Size): Promise<void> {
  if (state.steps || /^#\/(agents|nodes\/watch)/.test(state.hash)) return open(page, state, size);
  const [first] = sizesOf(state);
  if (size === first) await open(page, state, first);
  await page.setViewportSize({ width: size.width, height: size.height });
  await expectShown(page, state);
}

async function take(page: Page): Promise<Picture> {
  const png = await shoot(page);
  return { png, grid: toGrid(readPng(png)) };
}

function shoot(page: Page): Promise<Buffer> {
  return page.screenshot({ animations: 'disabled', caret: 'hide' });
}

/** Once it is the same twice: some of it is drawn by workers, a moment later. */
async function takeStill(page: Page, what: string): Promise<Picture> {
  let before: Buffer = Buffer.alloc(0);
  let times = 0;
  const isStill = async () => {
    const png = await shoot(page);
    times = png.equals(before) ? times + 1 : 1;
    before = png;
    return times === 2 ? { png } : `it was the same ${times} times`;
  };
  const { png } = await waitFor(`${what} to stand still`, isStill, { timeoutMs: withinMs });
  return { png, grid: toGrid(readPng(png)) };
}

/** Until it looks as it was kept; else the last of it is attached. */
async function takeAsKept(page: Page, what: string, kept: Grid): Promise<Picture> {
  let last: Picture | undefined;
  const isInFonts = await page.evaluate(hasFonts);
  try {
    return await waitFor(
      `${what} to look as it was kept`,
      async () => {
        last = await take(page);
        const all = compareGrids(kept, last.grid);
        const differences = isInFonts ? all : all.filter((one) => isLarge(one, kept));
        return differences.length === 0 ? last : tellDifferences(differences);
      },
      { timeoutMs: withinMs },
    );
  } catch (error) {
    if (last) await test.info().attach(`${what}.png`, { body: last.png, contentType: 'image/png' });
    throw error;
  }
}

/** Of what is left to see in other fonts: another theme, a pane that is not there, an empty page. */
function isLarge({ of, width, height }: Difference, whole: Grid): boolean {
  return of === 'grounds' && width * height > (whole.width * whole.height) / 6;
}

function tellDifferences(differences: readonly Difference[]): string {
  const told = differences
    .slice(0, 8)
    .map(
      ({ x, y, width, height, of, kept, found }) =>
        `  ${width}×${height} at ${x},${y}: ${of}, ${kept} was kept, ${found} is there`,
    );
  return [
    `${differences.length} parts differ (its picture is attached, in test-results):`,
    ...told,
    'Where it is meant to look so: MUSHER_WRITE_PICTURES=1 npm test -- e2e pictures, and look at it',
  ].join('\n');
}

async function picture(page: Page, name: string, look: Look): Promise<Grid> {
  const what = `${name} ${lookOf(look)}`;
  await showIn(page, look.theme);
  const kept = isWriting ? undefined : (await readKept(name))[lookOf(look)];
  if (!isWriting && kept === undefined) throw new Error(`no picture is kept of ${what}`);
  const { png, grid } = kept ? await takeAsKept(page, what, kept) : await takeStill(page, what);
  if (seenFolder) {
    await mkdir(seenFolder, { recursive: true });
    await writeFile(join(seenFolder, `${name} ${lookOf(look)}.png`.replaceAll(' ', '_')), png);
  }
  return grid;
}

const named = Object.entries(states);

if (isWriting || cases([], ['all']).length > 0)
  for (const [name, state] of named)
    test(`${name} looks as it did, in both themes and all sizes, and to everybody`, async ({
      page,
    }) => {
      test.setTimeout(240_000);
      const grids: Record<string, Grid> = {};
      const all = sizesOf(state);
      for (const size of all) {
        await showAt(page, state, size);
        for (const theme of themes)
          grids[lookOf({ theme, ...size })] = await picture(page, name, { theme, ...size });
        if (size === all[0] && !isWriting) await expectAccessibleInAllThemes(page, name, state);
      }
      if (isWriting) await writeKept(name, grids);
    });

/** So many of them in `npm test`, from all over the list, each in another look. */
const brieflyEvery = Math.ceil(named.length / 12);

for (const [at, [name, state]] of named.entries())
  if (!isWriting && at % brieflyEvery === 0)
    test(`${name} looks as it did`, async ({ page }) => {
      const looks = looksOf(state);
      const look = looks[(at / brieflyEvery) % looks.length];
      if (look === undefined) throw new Error(`${name} has no look`);
      await showAt(page, state, sizesOf(state)[0]);
      await showAt(page, state, look);
      await picture(page, name, look);
      await expectAccessibleAsShown(page, name, state);
    });
