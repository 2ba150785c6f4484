/** Colours and font of terminals, from the page's CSS variables. */
import type { ITheme } from '@xterm/xterm';
import type { TerminalColors } from '../../../preload/contract/bridge.ts';
import { terminalColor } from '../../../preload/contract/terminal-color.ts';

const ansiNames = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const;

/** Of the page's root: when one of them changes, the colours do. */
export const themeAttributes = ['data-theme', 'data-contrast', 'data-terminal-theme'];

export function readTheme(element: Element): ITheme {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const background = read('--terminal-bg');
  const colors = Object.fromEntries(
    ansiNames.map((name, index) => [name, read(`--ansi-${index}`)]),
  );
  return {
    ...colors,
    background,
    foreground: read('--terminal-fg'),
    cursor: read('--terminal-cursor'),
    cursorAccent: background,
    selectionBackground: read('--terminal-selection'),
    scrollbarSliderBackground: read('--line-strong'),
    scrollbarSliderHoverBackground: read('--faint'),
    scrollbarSliderActiveBackground: read('--muted'),
  };
}

/** How much programs' own colours are to stand out from the ground at least. */
export function readLeastContrast(element: Element): number {
  return Number(getComputedStyle(element).getPropertyValue('--terminal-contrast')) || 4.5;
}

/** What programs are told that ask for colours; undefined for a theme that names one in another way than `#rrggbb`. */
export function toColors(theme: ITheme): TerminalColors | undefined {
  const named = [
    theme.foreground,
    theme.background,
    theme.cursor,
    ...ansiNames.map((name) => theme[name]),
  ];
  const colors = named.filter((color) => color !== undefined && terminalColor.test(color));
  const [foreground, background, cursor, ...palette] = colors as string[];
  if (colors.length < named.length || !foreground || !background || !cursor) return undefined;
  return { foreground, background, cursor, palette };
}

export function readFontFamily(element: Element): string {
  return getComputedStyle(element).getPropertyValue('--font-mono').trim() || 'monospace';
}
