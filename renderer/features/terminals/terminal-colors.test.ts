import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const css = readFileSync(new URL('./terminal.css', import.meta.url), 'utf8');
const ansi = Array.from({ length: 16 }, (_, index) => `ansi-${index}`);

it.each(['dark', 'light'])('in the %s theme every colour can be read on the ground', (theme) => {
  const colors = colorsOf(theme);
  const ground = luminance(colors.get('terminal-bg'));
  const faint = ['terminal-fg', ...ansi].filter(
    (name) => contrast(luminance(colors.get(name)), ground) < 4.5,
  );
  expect(faint).toEqual([]);
});

it.each(['dark', 'light'])('in the %s theme selected text can be read', (theme) => {
  const colors = colorsOf(theme);
  const selection = luminance(colors.get('terminal-selection'));
  expect(contrast(luminance(colors.get('terminal-fg')), selection)).toBeGreaterThan(4.5);
});

function colorsOf(theme: string): Map<string, string> {
  const block =
    css.split(`:not([data-terminal-theme])[data-theme='${theme}'] {`)[1]?.split('}')[0] ?? '';
  const found = block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g);
  return new Map([...found].map(([, name = '', hex = '']) => [name, hex]));
}

function luminance(hex = ''): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
