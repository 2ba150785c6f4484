/**
 * The records that a hook's payload leads to: of the conversation, and of its subagents. Only files in the CLI's own folder are
 * looked at: a payload may name any path.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { conversationIdPattern } from '../../../preload/contract/conversation-id.ts';
import { readClaude } from './claude-lines.ts';
import { readCodex } from './codex-lines.ts';
import { firstLine } from './read-part.ts';
import type { ReadAsk, Reading } from './tally.ts';

export interface RecordFile {
  /** As the hub knows it: `claude/<conversation>`. */
  readonly record: string;
  readonly file: string;
  readonly sizeBytes: number;
  readonly read: (ask: ReadAsk) => Reading;
}

type Env = Readonly<Record<string, string | undefined>>;

/** What the hub is asked of at once; of more the oldest are left out. */
const mostRecords = 100;

/** Its own first. None where nothing is named, or it is not in the CLI's folder. */
export async function findRecords(named: unknown, env: Env): Promise<RecordFile[]> {
  if (typeof named !== 'string' || !named.endsWith('.jsonl')) return [];
  const home = env.HOME ?? homedir();
  const file = await realpath(named);
  const claude = path.join(env.CLAUDE_CONFIG_DIR ?? path.join(home, '.claude'), 'projects');
  if (await isWithin(claude, file)) return claudeRecords(file);
  const codex = path.join(env.CODEX_HOME ?? path.join(home, '.codex'), 'sessions');
  if (!(await isWithin(codex, file))) return [];
  const id = /([0-9a-f-]{36})\.jsonl$/.exec(file)?.[1];
  return id === undefined ? [] : [await toFile(`codex/${id}`, file, readCodex)];
}

async function claudeRecords(file: string): Promise<RecordFile[]> {
  const conversation = path.basename(file, '.jsonl');
  if (!conversationIdPattern.test(conversation)) return [];
  const record = `claude/${conversation}`;
  const own = await toFile(record, file, readClaude);
  const folder = path.dirname(file);
  const inner = await filesIn(path.join(folder, conversation, 'subagents'));
  const beside = (await filesIn(folder)).filter((one) => path.basename(one).startsWith('agent-'));
  const mine = await keepOf(beside, conversation);
  const subagents = await Promise.all(
    [...inner, ...mine].map((one) =>
      toFile(`${record}/${nameOf(one)}`, one, readClaude).catch(() => undefined),
    ),
  );
  const found = subagents.filter((one) => one !== undefined);
  return [own, ...found.slice(0, mostRecords - 1)];
}

const nameOf = (file: string) =>
  path
    .basename(file, '.jsonl')
    .replace(/[^\w.-]/g, '_')
    .slice(0, 120);

/** The newest first; files alone, no links. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'))
    .map(({ name }) => path.join(folder, name));
  if (files.length < mostRecords) return files;
  const dated = await Promise.all(
    files.map(async (file) => ({ file, atMs: (await stat(file)).mtimeMs })),
  );
  return dated.toSorted((a, b) => b.atMs - a.atMs).map(({ file }) => file);
}

/** Subagents of all conversations of a folder stand side by side: its own name the conversation. */
async function keepOf(files: readonly string[], conversation: string): Promise<string[]> {
  const own: string[] = [];
  for (const file of files.slice(0, mostRecords)) {
    const first = await firstLine(file).catch(() => undefined);
    if (first?.includes(`"sessionId":"${conversation}"`)) own.push(file);
  }
  return own;
}

async function toFile(record: string, file: string, read: RecordFile['read']): Promise<RecordFile> {
  const { size } = await stat(file);
  return { record, file, sizeBytes: size, read };
}

async function isWithin(folder: string, file: string): Promise<boolean> {
  const real = await realpath(folder).catch(() => undefined);
  return real !== undefined && file.startsWith(`${real}${path.sep}`);
}
