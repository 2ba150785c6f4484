/** Agents that are made for a story: with which profile, and from where. Pure. */
import type { View } from './view.ts';

/** The one that is configured, or that of the story's own agent, where a prompt means something to it. */
export function helperProfile(view: View, wished: string | undefined): string | undefined {
  if (wished !== undefined) return wished;
  const own = view.story.agent === undefined ? undefined : view.agent(view.story.agent)?.profile;
  return own === 'shell' || own === 'script' ? undefined : own;
}
