// Reads the panes of test/fixtures/panes off a picture of the page: is what was painted what was written?

import type { Page } from '@playwright/test';
import { letterAt, letters } from './pane-pattern.ts';

/** One pane as it lies in the picture, and what it should show. */
export interface PaintedPane {
  readonly seed: number;
  readonly x: number;
  readonly y: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly lines: readonly string[];
}

export interface PaneReading {
  readonly seed: number;
  /** Part of the letters that can be read: 1 when all are there, 0 when it is blank. */
  readonly legible: number;
}

/** Each time another size of the window and another place in the list; `look` comes after each. */
export async function resizeAndScroll(
  page: Page,
  times: number,
  look: (when: string) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < times; round++) {
    await page.setViewportSize({ width: round % 2 === 0 ? 1440 : 1024, height: 900 - round * 20 });
    await panesAtRest(page);
    await look(`resized, round ${round}`);
    const top = (round % 3) * 500;
    await page.getByRole('main').evaluate((element, to) => element.scrollTo(0, to), top);
    await panesAtRest(page);
    await look(`scrolled, round ${round}`);
  }
}

/** When panes have taken their size, and were given frames enough to paint in it. */
export async function panesAtRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const framesAtRest = 15;
    const layout = () =>
      [...document.querySelectorAll('.xterm-screen')]
        .map((screen) => JSON.stringify(screen.getBoundingClientRect()))
        .join();
    let [before, frames] = ['', 0];
    while (frames < framesAtRest) {
      await new Promise(requestAnimationFrame);
      const now = layout();
      frames = now === before && now !== '' ? frames + 1 : 0;
      before = now;
    }
  });
}

/** All that are whole on the screen. */
async function findPanes(page: Page): Promise<PaintedPane[]> {
  const found = await page.evaluate(() => {
    const { sizes } = window as unknown as {
      sizes: Record<string, { cols: number; rows: number }>;
    };
    return [...document.querySelectorAll<HTMLElement>('[data-terminal]')].flatMap((pane) => {
      const screen = pane.querySelector('.xterm-screen')?.getBoundingClientRect();
      const size = sizes[pane.dataset.terminal ?? ''];
      if (!screen || !size || screen.top < 0 || screen.bottom > innerHeight) return [];
      const { x, y, width, height } = screen;
      return [{ seed: Number(pane.dataset.terminal), x, y, width, height, ...size }];
    });
  });
  return found.map(({ seed, x, y, width, height, cols, rows }) => ({
    seed,
    x,
    y,
    cellWidth: width / cols,
    cellHeight: height / rows,
    lines: Array.from({ length: rows }, (_, row) =>
      Array.from({ length: cols }, (_unused, column) => letterAt(seed, row, column)).join(''),
    ),
  }));
}

/** Those that are white or garbled. */
export async function spoiltPanes(page: Page, reader: Page): Promise<PaneReading[]> {
  const readings = await readPanes(page, reader, await findPanes(page));
  if (readings.length === 0) throw new Error('no pane is whole on the screen');
  return readings.filter(({ legible }) => legible < 0.9);
}

/** `reader` is another page of another browser: reading must not hold up what is read. */
async function readPanes(
  page: Page,
  reader: Page,
  panes: readonly PaintedPane[],
): Promise<PaneReading[]> {
  const picture = (await page.screenshot()).toString('base64');
  const font = await page.evaluate(() => {
    const family = getComputedStyle(document.documentElement).getPropertyValue('--font-mono');
    return `13px ${family}`;
  });
  return reader.evaluate(readPicture, { picture, panes, letters, font });
}

interface Reading {
  readonly picture: string;
  readonly panes: readonly PaintedPane[];
  readonly letters: string;
  readonly font: string;
}

interface Ink {
  readonly values: Float32Array;
  readonly width: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Runs in the reader: a cell must look like its letter, or at least more like it than like any other. */
async function readPicture({ picture, panes, letters, font }: Reading): Promise<PaneReading[]> {
  const reading = { willReadFrequently: true };
  const [least, sure] = [0.6, 0.75];
  const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d', reading);
  if (!context) throw new Error('no canvas to read with');
  context.drawImage(image, 0, 0);
  const ink = inkOf(context.getImageData(0, 0, image.width, image.height));
  const known = new Map<string, Map<string, Ink>>();
  // Painted a pixel off is as good.
  const near = [0, -1, 1].flatMap((dy) => [0, -1, 1].map((dx) => ({ dx, dy })));
  return panes.map((pane) => ({ seed: pane.seed, legible: legibleOf(pane) }));

  function legibleOf(pane: PaintedPane): number {
    const size = { width: Math.round(pane.cellWidth), height: Math.round(pane.cellHeight) };
    const models = modelsOf(size);
    let [read, all] = [0, 0];
    for (const [row, line] of pane.lines.entries()) {
      for (const [column, letter] of [...line].entries()) {
        const x = Math.round(pane.x + column * pane.cellWidth);
        const y = Math.round(pane.y + row * pane.cellHeight);
        all++;
        if (isLike(letter, models, { x, y, ...size })) read++;
      }
    }
    return all === 0 ? 0 : read / all;
  }

  function isLike(letter: string, models: Map<string, Ink>, place: Place): boolean {
    let own = 0;
    for (const { dx, dy } of near) {
      const cell = centred(cut(ink, { ...place, x: place.x + dx, y: place.y + dy }));
      own = Math.max(own, likeness(cell, models.get(letter)));
      if (own > sure) return true;
    }
    if (own < least) return false;
    return near.every(({ dx, dy }) => {
      const cell = centred(cut(ink, { ...place, x: place.x + dx, y: place.y + dy }));
      return [...models.values()].every((model) => likeness(cell, model) <= own);
    });
  }

  /** Drawing them takes long, and all panes have cells of one size. */
  function modelsOf(size: { width: number; height: number }): Map<string, Ink> {
    const key = `${size.width}x${size.height}`;
    const models =
      known.get(key) ?? new Map([...letters].map((letter) => [letter, modelOf(letter, size)]));
    known.set(key, models);
    return models;
  }

  /** The letter as this browser draws it on a canvas. */
  function modelOf(letter: string, { width, height }: { width: number; height: number }): Ink {
    const drawn = new OffscreenCanvas(width, height).getContext('2d', reading);
    if (!drawn) throw new Error('no canvas to draw with');
    drawn.fillRect(0, 0, width, height);
    drawn.font = font;
    drawn.fillStyle = '#fff';
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = drawn.measureText(letter);
    drawn.fillText(letter, 0, Math.round((height - up - down) / 2 + up));
    return centred(inkOf(drawn.getImageData(0, 0, width, height)));
  }

  /** How far each pixel is from the first, whatever the letter's colour. */
  function inkOf({ data, width, height }: ImageData): Ink {
    const values = new Float32Array(width * height);
    const [red = 0, green = 0, blue = 0] = data;
    for (let at = 0; at < values.length; at++) {
      values[at] = Math.max(
        Math.abs((data[at * 4] ?? 0) - red),
        Math.abs((data[at * 4 + 1] ?? 0) - green),
        Math.abs((data[at * 4 + 2] ?? 0) - blue),
      );
    }
    return { values, width };
  }

  function cut({ values, width: stride }: Ink, { x, y, width, height }: Place): Ink {
    const part = new Float32Array(width * height);
    for (let row = 0; row < height; row++) {
      const from = (y + row) * stride + x;
      part.set(values.subarray(from, from + width), row * width);
    }
    return { values: part, width };
  }

  /** Without brightness and contrast. All 0 when it is blank: like nothing. */
  function centred({ values, width }: Ink): Ink {
    let sum = 0;
    for (const value of values) sum += value;
    const mean = sum / values.length;
    let squares = 0;
    for (const value of values) squares += (value - mean) ** 2;
    const length = Math.sqrt(squares) || 1;
    return { values: values.map((value) => (value - mean) / length), width };
  }

  function likeness(one: Ink, other: Ink | undefined): number {
    let sum = 0;
    for (let at = 0; at < one.values.length; at++) {
      sum += (one.values[at] ?? 0) * (other?.values[at] ?? 0);
    }
    return sum;
  }
}
