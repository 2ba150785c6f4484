// The pictures that are kept, as grids: one file for each state, with one line for each theme and size.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Grid } from './grid.ts';
import type { State } from './state.ts';
import { packGrid, unpackGrid } from './pack-grid.ts';

const keptFolder = fileURLToPath(new URL('./kept', import.meta.url));

export const themes = ['dark', 'light'] as const;
type Theme = (typeof themes)[number];

/** A wide window, a small one, and one in which a list and its detail are two pages. */
const sizes: readonly [Size, ...Size[]] = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
  { width: 800, height: 700 },
];
/** As narrow as a phone, and what is left of a window that is zoomed four times. */
const narrowSizes: readonly [Size, ...Size[]] = [
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Look extends Size {
  readonly theme: Theme;
}

/** The first is the one that it is opened in. */
export function sizesOf({ isNarrow }: Pick<State, 'isNarrow'>): readonly [Size, ...Size[]] {
  return isNarrow ? narrowSizes : sizes;
}

/** All in which a picture is kept of it. */
export function looksOf(state: Pick<State, 'isNarrow'>): readonly Look[] {
  return sizesOf(state).flatMap((size) => themes.map((theme) => ({ theme, ...size })));
}

/** What a picture is called in its file: `dark 1440x900`. */
export function lookOf({ theme, width, height }: Look): string {
  return `${theme} ${width}x${height}`;
}

/** Names of the states that have a file. */
export async function listKept(): Promise<string[]> {
  const files = await readdir(keptFolder);
  return files.map((file) => file.replace(/\.json$/, '')).sort();
}

/** By look. */
export async function readKept(state: string): Promise<Readonly<Record<string, Grid>>> {
  const packed = JSON.parse(await readFile(pathOf(state), 'utf8')) as Record<string, string>;
  return Object.fromEntries(Object.entries(packed).map(([look, text]) => [look, unpackGrid(text)]));
}

export async function writeKept(
  state: string,
  grids: Readonly<Record<string, Grid>>,
): Promise<void> {
  const packed = Object.fromEntries(
    Object.entries(grids).map(([look, grid]) => [look, packGrid(grid)]),
  );
  await mkdir(keptFolder, { recursive: true });
  await writeFile(pathOf(state), `${JSON.stringify(packed, null, 2)}\n`);
}

export function pathOf(state: string): string {
  return `${keptFolder}/${state}.json`;
}
