/** Colours, flags and links as the control sequences that set exactly these. */
import type { Terminal } from '@xterm/headless';
import { type Attributes, type Link, linkOf } from './xterm-inside.ts';

/** How xterm keeps a colour: one of the sixteen, one of the palette, or three parts. 0: the theme's. */
const ansiMode = 0x1000000;
const paletteMode = 0x2000000;
const rgbMode = 0x3000000;

/** Of a cell: all but its link. */
export function sgrOf(attributes: Attributes): string {
  const { extended } = attributes;
  return compose(attributes, attributes.hasExtendedAttrs() ? extended.underlineColor : 0);
}

/** Of a blank: its background. */
export function groundOf(attributes: Attributes): string {
  return `\x1b[${['0', ...backgroundOf(attributes)].join(';')}m`;
}

/** Of what is printed next; it keeps the colour of an underline that comes later. */
export function penOf(terminal: Terminal, attributes: Attributes): string {
  const sgr = compose(attributes, attributes.extended.underlineColor);
  return sgr + linkSequence(linkOf(terminal, attributes));
}

/** Begins the link, or ends the one before. */
export function linkSequence(link: Link | undefined): string {
  const id = link?.id === undefined ? '' : `id=${link.id}`;
  return `\x1b]8;${id};${link?.uri ?? ''}\x1b\\`;
}

function compose(attributes: Attributes, underlineColor: number): string {
  const codes = [
    '0',
    ...flagsOf(attributes),
    ...foregroundOf(attributes),
    ...backgroundOf(attributes),
    ...underlineColorOf(underlineColor),
  ];
  // Not among the others: SGR 0 ends it, and only this begins it.
  return `\x1b[${codes.join(';')}m${attributes.isProtected() ? '\x1b[1"q' : ''}`;
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
  return colorOf(attributes.getFgColorMode(), attributes.getFgColor(), 30);
}

function backgroundOf(attributes: Attributes): string[] {
  return colorOf(attributes.getBgColorMode(), attributes.getBgColor(), 40);
}

/** `first` is the code of colour 0: 30 for the foreground, 40 for the background. */
function colorOf(mode: number, color: number, first: number): string[] {
  if (mode === rgbMode) return [String(first + 8), ...rgbOf(color)];
  if (mode === paletteMode) return [String(first + 8), '5', String(color)];
  if (mode === ansiMode) return [String(color < 8 ? first + color : first + 60 + color - 8)];
  return [];
}

function rgbOf(color: number): string[] {
  return ['2', ...[16, 8, 0].map((shift) => String((color >>> shift) & 0xff))];
}

/** As xterm keeps it: a mode, and a number of the palette or three parts. */
function underlineColorOf(color: number): string[] {
  const mode = color & rgbMode;
  if (mode === 0) return [];
  return mode === rgbMode ? [`58:2::${rgbOf(color).slice(1).join(':')}`] : [`58:5:${color & 0xff}`];
}
