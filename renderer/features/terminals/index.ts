/** A terminal as other features show it. It has no view of its own. The terminal itself is a third of the page's code. */
import { lazyPart } from '../../ui/lazy-part.tsx';

export { type FilePlace, findMeant, toText, toWorktreePath } from './file-links.ts';
export type { Ending } from './terminal-bar.tsx';
export { useWidthOf } from './terminal-look.ts';
export { TerminalLookButton } from './terminal-look-button.tsx';
export type { WatchedSaid } from './watched-bar.tsx';
export type { SessionState } from './terminal-session.ts';
export type { ReplayTerminal } from './replay-terminal.ts';

export const TerminalView = lazyPart(
  async () => (await import('./terminal-view.tsx')).TerminalView,
);
export const ReplayScreen = lazyPart(
  async () => (await import('./replay-screen.tsx')).ReplayScreen,
);
