/** What timers and triggers do: checked where it is stored, done once where it fires, said in one line. No feature of its own: it has no state. */
export { requireAction, requireCommand } from './check.ts';
export { type ActionOutcome, type ActionRun, runAction } from './run.ts';
export { sayAction } from './say.ts';
