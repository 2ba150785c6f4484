// Somebody acts within a deed of the hub: between asking outside for something and the answer, where much may have become otherwise.

import { selectAgents } from '../../main/features/agents/index.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import { turn } from '../harness/clock.ts';
import type { Box } from '../harness/hub.ts';

export interface Meanwhile {
  /** Right before a merge takes its last step, within that step, or within the deed after so many. */
  readonly at: 'ready' | 'merge' | 'any';
  readonly left: number;
  readonly verb: string;
}

export const meanwhileVerbs = [
  ...['story.freeze', 'story.hold', 'story.abandon', 'shelve', 'anew'],
  ...['agent.destroy', 'agent.destroy', 'agent.pause', 'agent.stop', 'pipeline.pause'],
] as const;

export interface Request {
  readonly approval: string;
  readonly agent: string;
  readonly story?: string;
  readonly pin: { readonly commit: string };
}

export interface Interfering {
  readonly box: Box;
  readonly what: string;
  readonly request: Request | undefined;
  readonly newCommit: () => string;
}

/** What is left of it: undefined once its deed has come. */
export function whenOf(it: Meanwhile, what: string): { isNow: boolean; next?: Meanwhile } {
  const [verb] = what.split(' ');
  if (it.at !== 'any') return { isNow: it.at === verb, ...(it.at !== verb && { next: it }) };
  return it.left === 0 ? { isNow: true } : { isNow: false, next: { ...it, left: it.left - 1 } };
}

/** Refused or not: whatever comes of it is in the log. */
export async function interfere(verb: string, about: Interfering): Promise<void> {
  const { box, newCommit } = about;
  const { story, agent } = concerned(about);
  const say = (type: string, data: object, actor: Actor = 'operator') =>
    Promise.race([
      box.hub.dispatch({ type, data, id: undefined }, actor).catch(() => undefined),
      someTurns(),
    ]);
  if (verb === 'shelve') await say('story.move', { story, to: 'backlog' });
  else if (verb.startsWith('story.')) await say(verb, { story, reason: 'so' });
  else if (verb.startsWith('agent.')) await say(verb, { agent });
  else if (verb === 'anew') {
    await say('story.move', { story, to: 'coding', reason: 'so' });
    await say('story.submit', { story, commit: newCommit() }, `agent:${agent}`);
  } else await say(verb, {});
}

/** It may have to wait until this deed is done: fewer than quiet takes. */
async function someTurns(): Promise<void> {
  for (let turns = 0; turns < 4; turns += 1) await turn();
}

/** The story and the agent of the deed, as its words have them. */
function concerned({ box, what, request }: Interfering) {
  if (request !== undefined) return { story: request.story ?? '', agent: request.agent };
  const agents = [...selectAgents(box.hub.state()).byId.keys()].filter((id) => id !== 'post');
  const agent = agents.findLast((id) => what.includes(id)) ?? agents.at(-1) ?? '';
  return { story: /s-\d+/.exec(what)?.[0] ?? 's-1', agent };
}
