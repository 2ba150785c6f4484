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

function namesOf(running: readonly string[]): string {
  const more = running.length - named;
  const names = running.slice(0, named).join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
}
