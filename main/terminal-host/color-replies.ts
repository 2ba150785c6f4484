/**
 * What the host answers a program that asks for colours: what it has set itself, else those the terminal is shown in.
 * A headless xterm has none, and knows all other answers by itself.
 */
import type { Terminal } from '@xterm/headless';
import type { TerminalColors } from '../../preload/contract/bridge.ts';
import type { ProgramColors } from './program-colors.ts';

/** Of the palette, the sixteen that a theme names, the colour cube and the greys. */
const paletteSize = 256;
const cubeLevels = [0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff];
/** Answers to one sequence at most: it asks for each colour of the palette once. */
const maxAnswers = paletteSize;

/** Before anybody looked. Most programs take an unknown ground for a dark one. */
const initialColors: TerminalColors = {
  foreground: '#e2e4e8',
  background: '#101113',
  cursor: '#a9aaff',
  palette: [
    ...['#2e3436', '#cc0000', '#4e9a06', '#c4a000', '#3465a4', '#75507b', '#06989a', '#d3d7cf'],
    ...['#555753', '#ef2929', '#8ae234', '#fce94f', '#729fcf', '#ad7fa8', '#34e2e2', '#eeeeec'],
  ],
};

export class ColorReplies {
  /** What the terminal is shown in. */
  colors = initialColors;
  private readonly reply: (data: string) => void;
  private readonly program: ProgramColors;

  constructor({ parser }: Terminal, program: ProgramColors, reply: (data: string) => void) {
    this.program = program;
    this.reply = reply;
    parser.registerOscHandler(4, (data) => this.answerPalette(data));
    // Further values of one sequence are about the next numbers: `10;?;?` asks for text and ground.
    const named = [10, 11, 12];
    for (const number of named)
      parser.registerOscHandler(number, (data) => this.answerNamed(number, data));
  }

  private answerNamed(first: number, data: string): boolean {
    const { foreground, background, cursor } = this.colors;
    for (const [index, value] of data.split(';').entries()) {
      const color = [foreground, background, cursor][first - 10 + index];
      if (color === undefined) break;
      if (value === '?')
        this.say(`${first + index}`, this.program.get(paletteSize + first - 10 + index) ?? color);
    }
    return false;
  }

  private answerPalette(data: string): boolean {
    const values = data.split(';').slice(0, 2 * maxAnswers);
    for (let at = 0; at + 1 < values.length; at += 2) {
      const index = /^\d{1,3}$/.test(values[at] ?? '') ? Number(values[at]) : paletteSize;
      if (values[at + 1] === '?' && index < paletteSize)
        this.say(`4;${index}`, this.paletteColor(index));
    }
    return false;
  }

  private paletteColor(index: number): string {
    return this.program.get(index) ?? this.colors.palette[index] ?? fixedColor(index);
  }

  private say(what: string, color: string): void {
    const [r, g, b] = [1, 3, 5].map((at) =>
      color
        .slice(at, at + 2)
        .toLowerCase()
        .repeat(2),
    );
    this.reply(`\x1b]${what};rgb:${r}/${g}/${b}\x1b\\`);
  }
}

/** From 16 on no theme has a say. */
function fixedColor(index: number): string {
  const at = index - 16;
  const grey = 8 + (index - 232) * 10;
  const levels =
    index >= 232
      ? [grey, grey, grey]
      : [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((step) => cubeLevels[step] ?? 0);
  return `#${levels.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
}
