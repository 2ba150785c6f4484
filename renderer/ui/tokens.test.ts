import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

const themes = {
  dark: { selector: "\n:root[data-theme='dark'] {", least: 4.5 },
  light: { selector: "\n:root[data-theme='light'] {", least: 4.5 },
  'dark high contrast': { selector: "[data-contrast='more'][data-theme='dark'] {", least: 7 },
  'light high contrast': { selector: "[data-contrast='more'][data-theme='light'] {", least: 7 },
} as const;
type Theme = keyof typeof themes;

function colorsOf(theme: Theme): Map<string, string> {
  const block = css.split(themes[theme].selector)[1]?.split('}')[0] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, hex]) => [
      name ?? '',
      hex ?? '',
    ]),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['bg', 'bg-raised', 'bg-hover', 'bg-selected'];
const texts = ['fg', 'muted', 'faint', 'accent', 'red', 'amber', 'green', 'blue'];
const pairs = [
  ...grounds.flatMap((ground) => texts.map((text) => [text, ground])),
  ...['red', 'amber', 'green', 'blue'].map((tone) => [tone, `${tone}-soft`]),
  ['accent-fg', 'accent'],
  ['loud-fg', 'loud'],
];

describe.each(Object.keys(themes) as Theme[])('%s', (theme) => {
  const colors = colorsOf(theme);
  const { least } = themes[theme];
  it(`every text can be read on every ground (${least} to 1)`, () => {
    const weak = pairs.flatMap(([text = '', ground = '']) => {
      const ratio = contrast(colors.get(text) ?? '#000000', colors.get(ground) ?? '#000000');
      return ratio < least ? [`${text} on ${ground}: ${ratio.toFixed(2)}`] : [];
    });
    expect(weak).toEqual([]);
  });
  it('parts of a plot stand out from the ground (3 to 1)', () => {
    const series = [1, 2, 3, 4, 5].map((at) => colors.get(`series-${at}`) ?? '#000000');
    const ratios = series.map((color) => contrast(color, colors.get('bg') ?? ''));
    expect(Math.min(...ratios)).toBeGreaterThan(3);
  });
  it('the focus ring stands out from every ground (3 to 1)', () => {
    const ratios = grounds.map((ground) =>
      contrast(colors.get('focus') ?? '', colors.get(ground) ?? ''),
    );
    expect(Math.min(...ratios)).toBeGreaterThan(3);
  });
});

it.each(['light', 'dark high contrast', 'light high contrast'] as const)(
  'the %s theme defines the same names as the dark one',
  (theme) => {
    expect([...colorsOf(theme).keys()]).toEqual([...colorsOf('dark').keys()]);
  },
);

it.each(['dark high contrast', 'light high contrast'] as const)(
  'in the %s theme what parts things is as plain as a sign (3 to 1)',
  (theme) => {
    const colors = colorsOf(theme);
    const ratios = ['line', 'line-strong'].flatMap((line) =>
      grounds.map((ground) => contrast(colors.get(line) ?? '', colors.get(ground) ?? '')),
    );
    expect(Math.min(...ratios)).toBeGreaterThan(3);
  },
);
