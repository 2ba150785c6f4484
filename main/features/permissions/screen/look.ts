/** A fresh look at the prompt that an agent's screen ends with. */
import type { PermissionScreen } from '../../../../preload/contract/permissions.ts';
import { findPrompt, isSamePrompt, type Profile, type ScreenPrompt } from '../../agents/index.ts';
import type { ScreenPorts } from './ports.ts';

export interface Look {
  readonly prompt: ScreenPrompt;
  readonly cols: number;
  /** All of the screen, as it is compared with before keys are typed. */
  readonly text: string;
}

/** Undefined where the screen ends with none. Throws as `Terminals.text` does. */
export async function look(
  { terminals }: Pick<ScreenPorts, 'terminals'>,
  terminalId: string,
  { prompts = [] }: Pick<Profile, 'prompts'>,
): Promise<Look | undefined> {
  const { text, cols } = await terminals.text(terminalId);
  const prompt = findPrompt(prompts, text);
  return prompt && { prompt, cols, text };
}

export function isThat(screen: PermissionScreen, seen: Look | undefined): seen is Look {
  return seen !== undefined && isSamePrompt(screen, { text: seen.prompt.text, cols: seen.cols });
}

/** What a fresh look found, for whoever decided about something else. */
export function foundWords(seen: Look | undefined): string {
  if (seen === undefined) return 'it shows no prompt that Musher knows';
  const words = seen.prompt.text.replace(/\s+/g, ' ').slice(0, shownChars);
  return `it shows another one, “${words}”`;
}

const shownChars = 120;
