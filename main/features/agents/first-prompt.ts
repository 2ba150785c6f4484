/**
 * Types the first prompt into CLIs that take none with their start, once their screen says that they are ready. Once per
 * session: that it is about to be typed is marked before, and one that never gets ready keeps its prompt unsaid.
 */
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import type { AgentsPorts } from './effects.ts';
import { tellFromScreen } from './screen-phrases.ts';
import type { Agent, AgentsState } from './slice.ts';

/** A look costs the text of each terminal that still waits for its prompt, milliseconds. */
const lookMs = 500;
/** Where the profile says nothing of its screen, what is typed this long after the start is read, milliseconds. */
const blindMs = 3_000;

type Ports = Pick<AgentsPorts, 'terminals' | 'profiles'>;

export function typeFirstPrompts(ports: Ports, life: Life<AgentsState>): void {
  let cancel = (): void => undefined;
  const look = async (): Promise<void> => {
    for (const agent of life.state().byId.values())
      if (isWaiting(agent, life)) await typeOnce(ports, agent, life);
    if (!life.signal.aborted) cancel = life.clock.schedule(look, lookMs);
  };
  cancel = life.clock.schedule(look, lookMs);
  life.own(() => cancel());
}

function isWaiting(
  { id, state, terminalId, typesPromptIn, paused }: Agent,
  life: Life<AgentsState>,
): boolean {
  if (paused !== undefined) return false;
  if (state !== 'running' || terminalId === undefined || typesPromptIn !== terminalId) return false;
  return life.marks.get(markOf(id)) !== terminalId;
}

const markOf = (agent: string) => `first-prompt/${agent}`;

async function typeOnce(ports: Ports, agent: Agent, life: Life<AgentsState>): Promise<void> {
  const { terminalId = '', prompt = '', launchedMs = 0, profile } = agent;
  try {
    const phrases = ports.profiles.get(profile)?.screen ?? {};
    const isReady =
      phrases.ready === undefined
        ? life.clock.now() - launchedMs >= blindMs
        : tellFromScreen(phrases, (await ports.terminals.text(terminalId)).text) === 'ready';
    if (!isReady) return;
    await life.marks.set(markOf(agent.id), terminalId);
    await ports.terminals.paste(terminalId, prompt, true);
  } catch (error) {
    if (!life.signal.aborted)
      life.logger.warn({ agent: agent.id, error: reasonOf(error) }, 'a first prompt was not typed');
  }
}
