/** Shows xterm where places in files stand on the screen, also where a line was wrapped. */
import type { IBuffer, ILink, ILinkProvider, Terminal } from '@xterm/xterm';
import { type FilePlace, findFileLinks } from './file-links.ts';

/** A longer line is no message for people. */
const maxRows = 30;

export interface FileLinkActions extends Pick<ILink, 'hover' | 'leave'> {
  /** Called for each click on one; which of them count is up to it. */
  open(event: MouseEvent, place: FilePlace): void;
}

export function fileLinkProvider(
  terminal: Terminal,
  { open, ...hint }: FileLinkActions,
): ILinkProvider {
  return {
    provideLinks(row, callback) {
      const { text, cells } = readLine(terminal.buffer.active, row - 1, terminal.cols);
      const links = findFileLinks(text).flatMap((link): ILink[] => {
        const start = cells[link.index];
        const end = cells[link.index + link.length - 1];
        if (start === undefined || end === undefined || row < start.y || row > end.y) return [];
        return [
          {
            range: { start, end },
            text: text.slice(link.index, link.index + link.length),
            activate: (event) => open(event, link),
            ...hint,
          },
        ];
      });
      callback(links.length > 0 ? links : undefined);
    },
  };
}

interface Line {
  readonly text: string;
  /** Where each code unit of the text stands, both from 1. */
  readonly cells: readonly { readonly x: number; readonly y: number }[];
}

/** The whole line that a row (from 0) belongs to. */
function readLine(buffer: IBuffer, row: number, cols: number): Line {
  let first = row;
  while (row - first < maxRows && buffer.getLine(first)?.isWrapped) first--;
  let text = '';
  const cells: { x: number; y: number }[] = [];
  for (let y = first; y < first + maxRows; y++) {
    const line = buffer.getLine(y);
    if (line === undefined || (y > first && !line.isWrapped)) break;
    for (let x = 0; x < cols; x++) {
      const cell = line.getCell(x);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const chars = cell.getChars() || ' ';
      text += chars;
      for (let unit = 0; unit < chars.length; unit++) cells.push({ x: x + 1, y: y + 1 });
    }
  }
  return { text, cells };
}
