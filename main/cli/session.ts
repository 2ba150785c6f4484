/** One run of the command: who is spoken to, and how what comes back is printed. */
import { type Client, createClient } from './client.ts';
import { formatResult } from './format/format-result.ts';
import { plainText, safeJson } from './format/plain-text.ts';
import { type View, viewFor } from './format/view.ts';
import type { Io } from './io.ts';
import { type GlobalOptions, targetFrom } from './target.ts';

export interface Session {
  readonly io: Io;
  readonly client: Client;
  /** Where it answers on its machine. */
  readonly port: number;
  /** Results as JSON instead of for people. */
  readonly isJson: boolean;
  view(): View;
  /** The result of a capability, as JSON or as its formatter shows it. */
  print(type: string, result: unknown): Promise<void>;
  /** JSON when asked for, else the text as it is, already safe. */
  printEither(value: unknown, text: () => string | Promise<string>): Promise<void>;
  /** A word to the person, beside the result; silent with --json. */
  note(text: string): Promise<void>;
}

/** `isPatient`: commands wait for a hub that is away. */
export function openSession(
  io: Io,
  globals: GlobalOptions & { readonly json?: boolean },
  isPatient = false,
): Session {
  const isJson = globals.json === true;
  const target = targetFrom(io.env, globals);
  const view = () => viewFor(io);
  const printEither: Session['printEither'] = async (value, text) =>
    io.stdout.write(isJson ? jsonOf(io, value) : ended(await text()));
  return {
    io,
    client: createClient(io, target, isPatient),
    port: portOf(target.origin),
    isJson,
    view,
    printEither,
    print: (type, result) => printEither(result, () => formatResult({ type, result }, view())),
    note: async (text) => (isJson ? undefined : io.stderr.write(`${plainText(text)}\n`)),
  };
}

function portOf(origin: string): number {
  const { port, protocol } = new URL(origin);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** Indented for a reader, one line for a program. */
function jsonOf(io: Io, value: unknown): string {
  return `${safeJson(value, io.stdout.isTTY ? 2 : undefined)}\n`;
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
