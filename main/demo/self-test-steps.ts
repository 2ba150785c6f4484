/** What `musher selftest` goes through, each as the operator would: over HTTP, with what the agent before it did. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import { findDemoFolder } from './demo-folder.ts';
import { makeDemoRepository } from './demo-repository.ts';
import { type OwnMusher, type StartedMusher, startMusher } from './self-test-musher.ts';

/** What the steps leave to each other. */
export interface SelfTestWorld {
  readonly musherCommand: readonly [program: string, ...args: string[]];
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  root: string;
  own?: OwnMusher;
  started?: StartedMusher;
  approval?: { readonly id: string; readonly commit: string };
}

export interface SelfTestStep {
  readonly id: string;
  readonly title: string;
  /** What it found, in a few words. Throws what keeps it from that. */
  run(world: SelfTestWorld, signal: AbortSignal): Promise<string>;
}

const agent = 'selftest';
const words = 'a line for the self-test';
const lookMs = 50;

export const selfTestSteps: readonly SelfTestStep[] = [
  {
    id: 'repository',
    title: 'Make a repository',
    async run(world) {
      world.root = await makeDemoRepository(world.folder);
      return world.root;
    },
  },
  {
    id: 'start',
    title: 'Start Musher on it',
    async run(world, signal) {
      world.own = startMusher(world);
      world.started = await world.own.ready(signal);
      return `it listens at ${world.started.url}, pid ${world.started.pid}`;
    },
  },
  {
    id: 'agent',
    title: 'Start an agent in a worktree',
    async run(world, signal) {
      const script = join(await findDemoFolder(), 'scripts', 'self-test.mjs');
      const command = [process.execPath, script];
      const musher = musherOf(world);
      await musher.command('agent.add', { name: agent, profile: 'script', command }, signal);
      type Agents = { agents: { id: string; state: string; worktreePath?: string }[] };
      return until(world, signal, async () => {
        const { agents } = await musher.query<Agents>('agent.list', {}, signal);
        const found = agents.find(({ id }) => id === agent);
        return found?.state === 'running' ? (found.worktreePath ?? '') : undefined;
      });
    },
  },
  {
    id: 'terminal',
    title: 'Type into its terminal, and read it',
    async run(world, signal) {
      await untilOnScreen(world, signal, `${agent} listens`);
      await musherOf(world).command('agent.type', { agent, text: words }, signal);
      await untilOnScreen(world, signal, `${agent} heard ${words}`);
      return 'it heard, and its screen says so';
    },
  },
  {
    id: 'question',
    title: 'Answer its question',
    async run(world, signal) {
      const musher = musherOf(world);
      type Questions = { questions: { id: string; text: string; asker: string }[] };
      const { id, text } = await until(world, signal, async () => {
        const { questions } = await musher.query<Questions>('question.list', {}, signal);
        return questions[0];
      });
      await musher.command('question.answer', { question: id, choices: ['yes'] }, signal);
      await untilOnScreen(world, signal, `${agent} was told yes`);
      return text;
    },
  },
  {
    id: 'commit',
    title: 'See its commit, and what it asks for',
    async run(world, signal) {
      const musher = musherOf(world);
      type Approvals = { approvals: { id: string; title: string; pin: { commit: string } }[] };
      const { id, title, pin } = await until(world, signal, async () => {
        const { approvals } = await musher.query<Approvals>('approval.list', {}, signal);
        return approvals[0];
      });
      world.approval = { id, commit: pin.commit };
      return `${pin.commit.slice(0, 10)} ${title}`;
    },
  },
  {
    id: 'merge',
    title: 'Approve exactly that, and see it merged',
    async run(world, signal) {
      const musher = musherOf(world);
      const { id = '', commit = '' } = world.approval ?? {};
      const yes = { approval: id, commit, updateCheckout: true };
      await musher.command('approval.approve', yes, signal);
      await until(world, signal, async () => {
        type Approval = { state: string };
        const { state } = await musher.query<Approval>('approval.get', { approval: id }, signal);
        if (state === 'failed' || state === 'conflict') throw new Error(`the merge is ${state}`);
        return state === 'merged' ? true : undefined;
      });
      const text = await readFile(join(world.root, 'self-test.txt'), 'utf8');
      if (text.trim() !== words) throw new Error(`the checkout has "${text.trim()}" in the file`);
      return `main has it: ${await headOf(world)}`;
    },
  },
];

function musherOf({ started }: SelfTestWorld): StartedMusher {
  if (started === undefined) throw new Error('no Musher was started');
  return started;
}

/** Until it is there, or the step is called off. */
async function until<T>(
  { clock }: SelfTestWorld,
  signal: AbortSignal,
  look: () => Promise<T | undefined>,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const found = await look();
    if (found !== undefined) return found;
    await sleep(clock, lookMs, signal);
  }
}

function untilOnScreen(world: SelfTestWorld, signal: AbortSignal, wanted: string): Promise<true> {
  return until(world, signal, async () => {
    const { text } = await musherOf(world).query<{ text: string }>(
      'agent.screen',
      { agent },
      signal,
    );
    return text.includes(wanted) ? true : undefined;
  });
}

const linesShown = 4;
const longestShown = 400;

/** The end of what the agent's terminal shows, which is where it says what went wrong; nothing where there is none. */
export async function lastLines({ started }: SelfTestWorld, signal: AbortSignal): Promise<string> {
  const asked = started?.query<{ text: string }>('agent.screen', { agent }, signal);
  const { text = '' } = (await asked?.catch(() => undefined)) ?? {};
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter(Boolean).slice(-linesShown).join(' | ').slice(-longestShown);
}

async function headOf({ root, env }: SelfTestWorld): Promise<string> {
  const options = { cwd: root, env };
  const { stdout } = await promisify(execFile)('git', ['log', '-1', '--format=%h %s'], options);
  return stdout.trim();
}
