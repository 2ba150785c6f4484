/** How terminals look, all of them alike: kept in this browser, and followed at once. */
import { create } from 'zustand';
import { readStored, type StoredValue, writeStored } from '../../hub/storage.ts';

export type TerminalLook = StoredValue<'terminalLook'>;

export const sizes = { leastPx: 8, normalPx: 13, mostPx: 32 };
/** Characters of a font's name. */
export const maxFontLength = 60;

const normal: TerminalLook = { font: '', sizePx: sizes.normalPx, theme: 'app', cursor: 'block' };

export const useTerminalLook = create<TerminalLook>(() =>
  applied(readStored('terminalLook', normal)),
);

/** What is out of its bounds is brought within them. */
export function changeTerminalLook(change: Partial<TerminalLook>): void {
  const before = useTerminalLook.getState();
  const next = { ...before, ...change };
  const sizePx = Math.round(Math.min(Math.max(next.sizePx, sizes.leastPx), sizes.mostPx));
  const look = { ...next, sizePx, font: next.font.slice(0, maxFontLength) };
  const isSame =
    before.font === look.font &&
    before.sizePx === look.sizePx &&
    before.theme === look.theme &&
    before.cursor === look.cursor;
  if (isSame) return;
  writeStored('terminalLook', look);
  useTerminalLook.setState(applied(look));
}

/** `by` 0 goes back to the normal size. */
export function zoomTerminals(by: -1 | 0 | 1): void {
  const { sizePx } = useTerminalLook.getState();
  changeTerminalLook({ sizePx: by === 0 ? sizes.normalPx : sizePx + by });
}

/** Letters of fonts of one width are about so wide, in parts of their size; a cell is of whole pixels. */
const cellOfSize = 0.6;
const paddingPx = 8;

/** About as wide as a terminal of so many columns is, CSS pixels. */
export function useWidthOf(columns: number): number {
  const sizePx = useTerminalLook((look) => look.sizePx);
  return columns * Math.round(sizePx * cellOfSize) + paddingPx;
}

/** The font as CSS has it, before those that are there in any case. A name is text: quotes would end it early. */
export function toFontFamily(font: string, usual: string): string {
  const name = font.replace(/["\\;]/g, '').trim();
  return name === '' ? usual : `"${name}", ${usual}`;
}

/** Colours are chosen by CSS, for the screen and what is around it. */
function applied(look: TerminalLook): TerminalLook {
  const { dataset } = document.documentElement;
  if (look.theme === 'app') delete dataset.terminalTheme;
  else dataset.terminalTheme = look.theme;
  return look;
}
