/** What of an agent's screen says that it is stuck. Pure, and linear in the text whatever is on it. */
import type { WatchedProfile } from './ports.ts';

/** What is on it now; each is looked at again, and counts from when it was first seen. */
export interface ScreenFacts {
  /** Its CLI asks for a permission or a choice: the line. */
  readonly asks?: string | undefined;
  /** Pasted text that was not sent: the line. */
  readonly unsent?: string | undefined;
  /** Its connection to the model broke: the line. */
  readonly broken?: string | undefined;
  /** Tokens that a clear would save, by its own hint. */
  readonly tokens?: number | undefined;
}

/** CLIs draw what they do at the bottom; further up stands what was said before, which may hold any words. */
const bottomLines = 14;
const wordsChars = 200;

/** Where the profile names none of its own. `*` stands for anything within a line. */
const brokenPhrases: Readonly<Record<string, readonly string[]>> = {
  claude: [
    'api error*timed out',
    'api error*connection',
    'api error*overloaded',
    'api error: 5',
    'stream idle timeout',
    'unable to connect to api',
  ],
  codex: ['stream disconnected before completion', 'stream error*', 'exceeded retry limit'],
  gemini: ['[api error*', 'fetch failed sending request'],
  opencode: ['connection error', 'stream error'],
  copilot: ['request failed*timed out', 'connection error'],
  aider: ['litellm.apiconnectionerror', 'litellm.timeout', 'litellm.serviceunavailableerror'],
};
/** How CLIs show a paste of many lines that lies at their prompt. */
const pasteMarks = ['[pasted text #*lines]', '[pasted content*chars]', '[pasted ~*lines]'];
const clearHint = /clear to save (\d{1,4}(?:\.\d+)?)k tokens/;

export function readFacts(
  text: string,
  { name, profile }: { readonly name: string; readonly profile: WatchedProfile | undefined },
): ScreenFacts {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const bottom = lines.slice(-bottomLines);
  const find = (phrases: readonly string[] = []) =>
    bottom.find((line) => phrases.some((phrase) => isOn(line, phrase)))?.trim();
  const tokens = bottom.map((line) => clearHint.exec(line.toLowerCase())?.[1]).find(Boolean);
  return {
    asks: cut(find(profile?.screen.waiting)),
    unsent: cut(find(pasteMarks)),
    broken: cut(find(profile?.screen.broken ?? brokenPhrases[name])),
    tokens: tokens === undefined ? undefined : Math.round(Number(tokens) * 1_000),
  };
}

function cut(line: string | undefined): string | undefined {
  return line?.slice(0, wordsChars);
}

function isOn(line: string, phrase: string): boolean {
  const text = line.toLowerCase();
  let from = 0;
  for (const part of phrase.toLowerCase().split('*')) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}
