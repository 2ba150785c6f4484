import { describe, expect, it } from 'vitest';
import { makePng } from '../harness/png.ts';
import { readPng } from '../harness/read-png.ts';
import { compareGrids, type Difference } from './compare-grids.ts';
import { type Pixels, toGrid } from './grid.ts';

type Color = readonly [number, number, number];

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color: Color;
}

interface Text {
  readonly x: number;
  readonly y: number;
  readonly letters: number;
  readonly color: Color;
}

interface Font {
  /** Of a stroke, how far right of its pixel it is: what is not on that one is on the next. */
  readonly shift: number;
  readonly strokePx: number;
  readonly letterPx: number;
}

const ours: Font = { shift: 0, strokePx: 1, letterPx: 7 };
const dark = {
  page: [16, 17, 20],
  panel: [24, 26, 30],
  button: [46, 94, 200],
  text: [228, 230, 235],
  faint: [70, 72, 78],
} as const satisfies Record<string, Color>;

/** A list, a panel beside it with some lines and, below them, a row with two buttons. */
const panel: Box = { x: 400, y: 64, width: 480, height: 416, color: dark.panel };
const buttons: readonly Box[] = [
  { x: 416, y: 436, width: 96, height: 28, color: dark.button },
  { x: 524, y: 436, width: 80, height: 28, color: [44, 47, 54] },
];
const title: Text = { x: 20, y: 20, letters: 12, color: dark.text };
const lines: readonly Text[] = Array.from({ length: 9 }, (_, at) => ({
  ...{ x: 420, y: 84 + at * 20, color: dark.text },
  letters: 30 + ((at * 7) % 20),
}));
const word: Text = { x: 840, y: 84, letters: 4, color: dark.text };

interface Drawn {
  readonly page?: Color;
  readonly boxes?: readonly Box[];
  readonly texts?: readonly Text[];
  readonly font?: Font;
}

function draw({ page = dark.page, boxes, texts, font = ours }: Drawn): Pixels {
  const [width, height] = [900, 500];
  const pixels = { width, height, channels: 3, data: new Uint8Array(width * height * 3) };
  fill(pixels, { x: 0, y: 0, width, height, color: page });
  for (const box of boxes ?? [panel, ...buttons]) fill(pixels, box);
  for (const text of texts ?? [title, ...lines, word]) write(pixels, text, font);
  return pixels;
}

function fill(pixels: Pixels, { x, y, width, height, color }: Box): void {
  for (let row = y; row < y + height; row += 1)
    for (let column = x; column < x + width; column += 1)
      pixels.data.set(color, (row * pixels.width + column) * 3);
}

/** Three strokes a letter, ten pixels high; what lies below shows through where a stroke has half a pixel. */
function write(pixels: Pixels, { x, y, letters, color }: Text, font: Font): void {
  for (let letter = 0; letter < letters; letter += 1) {
    // Between words.
    if (letter % 6 === 5) continue;
    for (const stroke of [0, 2.5, 5]) {
      const at = x + letter * font.letterPx + stroke + font.shift;
      const [left, part] = [Math.floor(at), at - Math.floor(at)];
      for (let row = y; row < y + 10; row += 1) {
        blend(pixels, { x: left, y: row, color, part: (1 - part) * font.strokePx });
        blend(pixels, { x: left + 1, y: row, color, part: part * font.strokePx });
      }
    }
  }
}

function blend(
  { data, width }: Pixels,
  one: { x: number; y: number; color: Color; part: number },
): void {
  const at = (one.y * width + one.x) * 3;
  for (const [channel, value] of one.color.entries()) {
    const below = data[at + channel] ?? 0;
    data[at + channel] = below + (value - below) * Math.min(1, one.part);
  }
}

function differences(drawn: Drawn, kept: Drawn = {}): Difference[] {
  return compareGrids(toGrid(draw(kept)), toGrid(draw(drawn)));
}

describe('what is the same page', () => {
  it('is the same as itself', () => {
    expect(differences({})).toEqual([]);
  });

  it.each([
    ['strokes between pixels', { ...ours, shift: 0.4 }],
    ['thicker strokes', { ...ours, strokePx: 1.2 }],
    ['thinner strokes', { ...ours, strokePx: 0.8 }],
    ['letters that are a little wider', { ...ours, letterPx: 7.15 }],
    ['all of it', { shift: 0.6, strokePx: 0.85, letterPx: 6.9 }],
  ])('is so in a font with %s', (_, font) => {
    expect(differences({ font })).toEqual([]);
  });

  it('is so where a line of text is a pixel lower', () => {
    const texts = [title, ...lines, word].map((one) => ({ ...one, y: one.y + 1 }));
    expect(differences({ texts })).toEqual([]);
  });
});

describe('what is found, by where it is', () => {
  it('a panel that moved', () => {
    const moved = { ...panel, x: panel.x - 48 };
    const [first] = differences({ boxes: [moved, ...buttons] });
    expect(first).toMatchObject({ of: 'grounds', kept: '#101114', found: '#181a1e' });
    expect(first?.x).toBeLessThanOrEqual(368);
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeLessThanOrEqual(416);
  });

  it('a panel that is two rows of a list shorter', () => {
    expect(differences({ boxes: [{ ...panel, height: 376 }, ...buttons] })).not.toEqual([]);
  });

  it('a row of buttons that is gone', () => {
    const part = { of: 'grounds', kept: '#2e5ec8', found: '#181a1e', y: 440 };
    expect(differences({ boxes: [panel] })).toContainEqual(expect.objectContaining(part));
  });

  it.each([
    ['the quieter of two buttons', { boxes: [panel, ...buttons.slice(0, 1)] }],
    ['a title', { texts: [...lines, word] }],
    ['one line of many', { texts: [title, ...lines.slice(0, 8), word] }],
    ['a short word', { texts: [title, ...lines] }],
  ])('that is gone: %s', (_, drawn) => {
    expect(differences(drawn)).not.toEqual([]);
    // And what came without being asked for.
    expect(differences({}, drawn)).not.toEqual([]);
  });

  it('a button in another colour', () => {
    const [one, other] = buttons.map((box) => ({ ...box, color: [200, 60, 60] as const }));
    const [, quiet] = buttons;
    expect(one && quiet && differences({ boxes: [panel, one, quiet] })).toMatchObject([
      { of: 'grounds', found: '#c83c3c' },
      { of: 'means' },
    ]);
    expect(other).toBeDefined();
  });

  it('text that is too faint to be read', () => {
    const texts = [title, ...lines.map((one) => ({ ...one, color: dark.faint })), word];
    expect(differences({ texts })).toMatchObject([{ of: 'means', x: 420, y: 80 }]);
  });

  it('a warning that is no longer red', () => {
    const red = { ...title, color: [240, 80, 80] } as const;
    expect(differences({}, { texts: [red, ...lines, word] })).toMatchObject([{ of: 'means' }]);
  });

  it('another theme', () => {
    const found = differences({ page: [250, 250, 250] });
    expect(found[0]).toMatchObject({ of: 'grounds', x: 0, y: 0 });
  });

  it('a panel that is hardly told from the page', () => {
    const color = [17, 18, 22] as const;
    expect(differences({ boxes: [{ ...panel, color }, ...buttons] })).not.toEqual([]);
  });
});

it('pictures of two sizes are not compared', () => {
  const small = toGrid({ width: 10, height: 10, channels: 3, data: new Uint8Array(300) });
  expect(() => compareGrids(small, toGrid(draw({})))).toThrow(/900×500.*10×10/);
});

it('a cell at the edge has what is there of it', () => {
  const { means } = toGrid(readPng(makePng(21, 21, { color: [200, 60, 61] })));
  expect([...means]).toEqual(Array.from({ length: 4 }, () => [200, 60, 61]).flat());
});
