/** Follows a nudge on the screen, and says when nothing comes of it. */
import { reasonOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import type { AgentsPorts } from '../effects.ts';
import type { Agent, AgentsState } from '../slice.ts';
import { closeLimitMenu } from './close-limit-menu.ts';
import { isOver } from './nudges.ts';

/** A look costs the screen of each agent that was nudged and has not answered yet, milliseconds. */
const lookMs = 1_000;
/** What is typed stands on a screen at once; longer than this, and nobody reads there. */
const unseenMs = 10_000;
/** From the screen to the first sign of work; a CLI that works takes it up after its turn, however long that is. */
const untakenMs = 60_000;
/** How much of its end is looked for: a prompt's frame may cut what is before. */
const tailChars = 24;

type Ports = Pick<AgentsPorts, 'terminals' | 'profiles'>;

export function watchNudges(ports: Ports, life: Life<AgentsState>): void {
  let cancel = (): void => undefined;
  const look = async (): Promise<void> => {
    for (const agent of life.state().byId.values()) {
      await follow(ports, agent, life);
      await prepare(ports, agent, life);
    }
    if (!life.signal.aborted) cancel = life.clock.schedule(look, lookMs);
  };
  cancel = life.clock.schedule(look, lookMs);
  life.own(() => cancel());
}

async function prepare(ports: Ports, agent: Agent, life: Life<AgentsState>): Promise<void> {
  try {
    await closeLimitMenu(ports, agent, life.clock.now());
  } catch (error) {
    if (!life.signal.aborted)
      life.logger.warn({ agent: agent.id, error: reasonOf(error) }, 'a menu was not closed');
  }
}

async function follow(ports: Ports, agent: Agent, life: Life<AgentsState>): Promise<void> {
  const { id, nudge, state } = agent;
  if (nudge === undefined || isOver(nudge) || nudge.state === 'sending') return;
  const tell = (to: 'seen' | 'failed', reason?: string) =>
    life.system({ type: 'agent.nudge_told', data: { agent: id, nudge: nudge.id, to, reason } });
  const sinceMs = life.clock.now() - nudge.stateMs;
  try {
    if (state !== 'running') await tell('failed', 'its program ended');
    else if (nudge.state === 'sent' && (await isOnScreen(ports, agent, nudge.text)))
      await tell('seen');
    else if (nudge.state === 'sent' && sinceMs > unseenMs)
      await tell('failed', 'it did not appear on its screen');
    else if (nudge.state === 'seen' && sinceMs > untakenMs && !isAtWork(agent))
      await tell(
        'failed',
        'it is on its screen, perhaps still in its input line, and its program did nothing with it',
      );
  } catch (error) {
    if (!life.signal.aborted)
      life.logger.warn({ agent: id, error: reasonOf(error) }, 'a nudge could not be followed');
  }
}

async function isOnScreen({ terminals }: Ports, { terminalId }: Agent, text: string) {
  if (terminalId === undefined) return false;
  const screen = await terminals.text(terminalId);
  return bare(screen.text).includes(bare(text).slice(-tailChars));
}

/** Screens wrap and pad; letters stay. */
const bare = (text: string) => text.replace(/[\s│┃|]+/g, '');

function isAtWork({ hook, screen }: Agent): boolean {
  return hook === undefined ? screen?.tells === 'busy' : hook.event === 'busy';
}
