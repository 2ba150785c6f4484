/**
 * Does an action, effectively once: each command of it goes out under an id that comes from the action's own, so that whoever runs it again after a
 * crash is told what was done before. Called from an effect; which feature it is of does not matter.
 */
import type { Action, CommandAction, PromptAction } from '../../../preload/contract/actions.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { MusherError, unwrap } from '../../base/result.ts';
import type { EffectContext, HubState } from '../../hub/feature.ts';
import { requireAgent, selectAgents } from '../agents/index.ts';
import { requireCommand } from './check.ts';

export interface ActionRun {
  readonly action: Action;
  /** Names this doing of it, for ever: `timer:t-3:12`. At most 60 of A-Z a-z 0-9 : . - */
  readonly id: string;
  /** In whose name. */
  readonly owner: Actor;
}

export interface ActionOutcome {
  /** What came of it, where that has a name: `s-12`. */
  readonly made?: string | undefined;
}

type Ctx = Pick<EffectContext, 'dispatch' | 'hub'>;
type Do = (part: string, type: string, data: unknown) => Promise<string | undefined>;

const defaultProfile = 'claude';
const titleChars = 200;

/** Rejects with what refused it. Webhooks and reminders are done by the features that store them. */
export async function runAction(
  { action, id, owner }: ActionRun,
  { dispatch, hub }: Ctx,
): Promise<ActionOutcome> {
  const go: Do = async (part, type, data) => {
    const { result } = await dispatch({ type, data, id: `${id}${part}`, onBehalfOf: owner });
    return nameIn(result);
  };
  if (action.kind === 'command') return { made: await runCommand(action, owner, go) };
  if (action.kind !== 'prompt') return {};
  const { agent, text } = action;
  return {
    made: await (agent === undefined ? begin(action, id, go) : tell(hub, { agent, text }, go)),
  };
}

async function runCommand(action: CommandAction, owner: Actor, go: Do) {
  const { type, data } = unwrap(requireCommand(action, owner));
  return go('', type, data);
}

/** The first short text of a result: every command that makes something says its id there. */
function nameIn(result: unknown): string | undefined {
  const values = typeof result === 'object' && result !== null ? Object.values(result) : [];
  return values.find((one): one is string => typeof one === 'string' && one.length <= 80);
}

/** It has the message in its inbox and is woken for it; one that is stopped is started. */
async function tell(hub: HubState, { agent, text }: { agent: string; text: string }, go: Do) {
  const { state } = unwrap(requireAgent(selectAgents(hub), agent));
  await go('', 'message.send', { to: agent, body: text });
  if (state === 'stopped') await go(':start', 'agent.start', { agent }).catch(unlessStarted);
  return agent;
}

/** Somebody else was faster; that it could not be started for another reason is what the firing is told to have failed with. */
function unlessStarted(error: unknown): undefined {
  if (error instanceof MusherError && error.wire.code === 'AGENT_NOT_IN_STATE') return undefined;
  throw error;
}

/** First the agent, then its story, at once its own: so nobody else takes that meanwhile. What fails in between takes the agent back. */
async function begin({ text, profile = defaultProfile }: PromptAction, id: string, go: Do) {
  const name = id.replaceAll(/[:.]/g, '-').toLowerCase();
  const prompt = `${text}\n\nThis is a story of your own: \`musher story list --mine\` shows it. Commit your work on your branch, then say that it is done: \`musher story submit <id> --commit "$(git rev-parse HEAD)"\`.`;
  await go(':agent', 'agent.add', { name, profile, prompt });
  try {
    const title = (text.split('\n', 1)[0] ?? text).slice(0, titleChars).trim();
    const written = { title, body: text, type: 'chore', profile, agent: name };
    const story = await go(':story', 'story.add', written);
    await go(':move', 'story.move', { story, to: 'coding' }).catch(unlessMoved);
    return story;
  } catch (error) {
    await go(':undo', 'agent.destroy', { agent: name }).catch(() => undefined);
    throw error;
  }
}

function unlessMoved(error: unknown): undefined {
  if (error instanceof MusherError && error.wire.code === 'STORY_MOVE_ILLEGAL') return undefined;
  throw error;
}
