/** The modes of a terminal as the sequence that sets those which a reset terminal does not have. */
import type { Terminal } from '@xterm/headless';
import type { Inside } from './xterm-inside.ts';

const mouseTracking = { none: '', x10: '9', vt200: '1000', drag: '1002', any: '1003' };
const mouseEncoding: Readonly<Record<string, string>> = { SGR: '1006', SGR_PIXELS: '1016' };
const cursorStyles: Readonly<Record<string, number>> = { block: 2, underline: 4, bar: 6 };

export function modeSequence({ modes }: Terminal, inside: Inside): string {
  const privateModes = [
    modes.applicationCursorKeysMode && '1',
    modes.originMode && '6',
    mouseTracking[modes.mouseTrackingMode],
    modes.reverseWraparoundMode && '45',
    modes.sendFocusMode && '1004',
    mouseEncoding[inside.mouseEncoding],
    modes.bracketedPasteMode && '2004',
  ];
  return [
    ...privateModes.filter(Boolean).map((mode) => `\x1b[?${mode}h`),
    modes.applicationKeypadMode ? '\x1b=' : '',
    modes.wraparoundMode ? '' : '\x1b[?7l',
    inside.isConvertingEol ? '\x1b[20h' : '',
    inside.isCursorHidden ? '\x1b[?25l' : '',
    cursorStyle(inside),
  ].join('');
}

function cursorStyle({ cursorStyle, cursorBlink }: Inside): string {
  const steady = cursorStyles[cursorStyle ?? ''];
  if (steady === undefined)
    return cursorBlink === undefined ? '' : `\x1b[?12${cursorBlink ? 'h' : 'l'}`;
  return `\x1b[${cursorBlink ? steady - 1 : steady} q`;
}
