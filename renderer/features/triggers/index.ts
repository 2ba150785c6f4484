/** Triggers, for the view that has what happens by itself: a list, its dialogs, what begins one, and commands of the palette. */
export { startTrigger, TriggersPane } from './triggers-pane.tsx';
export { TriggersOverlay } from './triggers-overlay.tsx';
export { showTrigger } from './triggers-ui.ts';
export { newTrigger } from './new-trigger.ts';
export { triggerSource } from './palette-source.ts';
