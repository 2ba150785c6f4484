/** What a quit does to agents, asked where there are any. They live in the terminal host and outlive the app. */
import type { ElectronParts } from './electron-parts.ts';

/** `undefined`: they would rather not quit. */
export type QuitAnswer = { readonly endAgents: boolean } | undefined;

/** So many are named; the others are counted. */
const named = 6;

/** `running`: names of agents whose programs run. */
export async function askToQuit(
  dialog: Pick<ElectronParts['dialog'], 'showMessageBox'>,
  running: readonly string[],
): Promise<QuitAnswer> {
  if (running.length === 0) return { endAgents: false };
  const [agents, goes] =
    running.length === 1 ? ['One agent', 'goes'] : [`${running.length} agents`, 'go'];
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `${agents} ${goes} on working after Musher quits`,
    detail: `${namesOf(running)}. What they ask waits until Musher runs again.`,
    buttons: ['Quit', 'Stop the agents and quit', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  if (response === 2) return undefined;
  return { endAgents: response === 1 };
}

/** What a restart does to agents, asked in any case: it is never done by itself. True: do it. */
export async function askToUpdate(
  dialog: Pick<ElectronParts['dialog'], 'showMessageBox'>,
  asked: AskedUpdate,
): Promise<boolean> {
  const { version, running, agentsGoOn } = asked;
  const endsSome = !agentsGoOn && running?.length !== 0;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Restart to update to Musher ${version}?`,
    detail: sayUpdateToAgents(asked),
    buttons: [endsSome ? 'Stop them and restart' : 'Restart', 'Later'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

function sayUpdateToAgents({ running, agentsGoOn, why }: AskedUpdate): string {
  const because = why === undefined ? '' : ` Their terminals have no program of their own: ${why}.`;
  const again = `Started again, they take up their conversations.${because}`;
  if (running === undefined)
    return agentsGoOn
      ? 'Agents that are at work go on meanwhile.'
      : `It is not known which agents are at work; those that are, are stopped for it. ${again}`;
  if (running.length === 0) return 'No agent is at work.';
  const isOne = running.length === 1;
  const all = isOne ? 'One agent' : `${running.length} agents`;
  if (agentsGoOn)
    return `${all} ${isOne ? 'goes' : 'go'} on working meanwhile: ${namesOf(running)}.`;
  return `${all} ${isOne ? 'is' : 'are'} stopped for it: ${namesOf(running)}. ${again}`;
}

interface AskedUpdate {
  readonly version: string;
  /** Undefined: it is not known. */
  readonly running: readonly string[] | undefined;
  readonly agentsGoOn: boolean;
  /** Why they do not, where the system would let them. */
  readonly why?: string | undefined;
}

function namesOf(running: readonly string[]): string {
  const more = running.length - named;
  const names = running.slice(0, named).join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
}
