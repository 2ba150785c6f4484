/** A terminal as other features show it. It has no view of its own. */
export { type FilePlace, findMeant, toText, toWorktreePath } from './file-links.ts';
export type { Ending } from './terminal-bar.tsx';
export { useWidthOf } from './terminal-look.ts';
export { TerminalLookButton } from './terminal-look-button.tsx';
export { TerminalView } from './terminal-view.tsx';
export { ReplayScreen } from './replay-screen.tsx';
export type { WatchedSaid } from './watched-bar.tsx';
export type { SessionState } from './terminal-session.ts';
export type { ReplayTerminal } from './replay-terminal.ts';
