/**
 * Some CLIs open a menu at a limit of the account, and what is typed into it is no prompt. Shortly before such an agent is told to go on,
 * the choice to wait is taken for it, where that is the one that Enter takes: an operator who chose another one is left alone.
 */
import type { AgentsPorts } from '../effects.ts';
import { tellFromScreen } from '../screen-phrases.ts';
import type { Agent } from '../slice.ts';

/** So long before the limit ends, milliseconds: until then the menu is the operator's. */
const beforeMs = 15_000;

export async function closeLimitMenu(
  { terminals, profiles }: Pick<AgentsPorts, 'terminals' | 'profiles'>,
  { state, limit, paused, profile, terminalId }: Agent,
  nowMs: number,
): Promise<void> {
  const untilMs = limit?.untilMs;
  const menu = profiles.get(profile)?.limitMenu;
  if (state !== 'running' || paused !== undefined || terminalId === undefined) return;
  if (menu === undefined || untilMs === undefined || untilMs - nowMs > beforeMs) return;
  const { text } = await terminals.text(terminalId);
  if (tellFromScreen({ limit: [menu] }, text) === undefined) return;
  await terminals.press(terminalId, { keys: '\r', onScreen: text });
}
