import { keymap } from '../../shell/keymap.ts';
import { Kbd } from '../../ui/kbd.tsx';

const shown = [
  ['leave', keymap.leaveTerminal],
  ['next', keymap.nextTerminal],
  ['previous', keymap.previousTerminal],
] as const;

/** In a pane's header while its terminal has the keyboard: how to get out of it. What has no room is in the overlay. */
export function TerminalKeysHint() {
  return (
    <span className="hidden h-5 min-w-0 flex-1 flex-wrap gap-x-3 overflow-hidden text-sm text-muted group-has-[.xterm.focus]/pane:flex">
      {shown.map(([word, { keys, label }]) => (
        <span key={word} title={label} className="inline-flex h-5 items-center gap-1">
          <Kbd keys={keys} /> {word}
        </span>
      ))}
    </span>
  );
}
