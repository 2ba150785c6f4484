/** Colours and flags as the control sequence that sets exactly these. */
import type { Attributes } from './xterm-inside.ts';

export function sgrOf(attributes: Attributes): string {
  const codes = [
    '0',
    ...flagsOf(attributes),
    ...foregroundOf(attributes),
    ...backgroundOf(attributes),
  ];
  return `\x1b[${codes.join(';')}m`;
}

function flagsOf(attributes: Attributes): string[] {
  const underline = attributes.getUnderlineStyle();
  const flags: Array<[number | boolean, string]> = [
    [attributes.isBold(), '1'],
    [attributes.isDim(), '2'],
    [attributes.isItalic(), '3'],
    [underline > 0, underline === 1 ? '4' : `4:${underline}`],
    [attributes.isBlink(), '5'],
    [attributes.isInverse(), '7'],
    [attributes.isInvisible(), '8'],
    [attributes.isStrikethrough(), '9'],
    [attributes.isOverline(), '53'],
  ];
  return flags.filter(([isSet]) => isSet).map(([, code]) => code);
}

function foregroundOf(attributes: Attributes): string[] {
  const color = attributes.getFgColor();
  if (attributes.isFgRGB()) return ['38', ...rgbOf(color)];
  return attributes.isFgPalette() ? paletteOf(color, 30) : [];
}

function backgroundOf(attributes: Attributes): string[] {
  const color = attributes.getBgColor();
  if (attributes.isBgRGB()) return ['48', ...rgbOf(color)];
  return attributes.isBgPalette() ? paletteOf(color, 40) : [];
}

/** `first` is the code of colour 0: 30 for the foreground, 40 for the background. */
function paletteOf(color: number, first: number): string[] {
  if (color >= 16) return [String(first + 8), '5', String(color)];
  return [String(color < 8 ? first + color : first + 60 + color - 8)];
}

function rgbOf(color: number): string[] {
  return ['2', ...[16, 8, 0].map((shift) => String((color >>> shift) & 0xff))];
}
