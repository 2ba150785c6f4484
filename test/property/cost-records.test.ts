// However a record is read (at any moment, by several at once, with retries, after a crash, cut or replaced): each answer counts once.

import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readClaude } from '../../main/cli/usage-records/claude-lines.ts';
import { tellUsage } from '../../main/cli/usage-records/tell-usage.ts';
import type { CostReport } from '../../preload/contract/cost-report.ts';
import { TestClock } from '../harness/clock.ts';
import { type Box, openBox } from '../harness/hub.ts';
import { memoryStore } from '../harness/hub-memory-store.ts';
import { world } from '../harness/hub-ports.ts';
import { rounds } from '../harness/rounds.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'musher-costs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Step =
  | { readonly does: 'answer'; readonly parts: readonly number[]; readonly noise: number }
  | { readonly does: 'again'; readonly output: number }
  | { readonly does: 'half'; readonly share: number }
  | { readonly does: 'read'; readonly lost: boolean; readonly twice: boolean }
  | { readonly does: 'replace' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('answer' as const),
      parts: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 }),
      noise: fc.integer({ min: 0, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('again' as const),
      output: fc.integer({ min: 1, max: 99 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('half' as const),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('read' as const),
      lost: fc.boolean(),
      twice: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'replace' as const }) },
);

/** A record as Claude Code writes it: answers in lines, the last of which may be half there. */
class Written {
  private lines: string[] = ['{"type":"summary"}'];
  private half: { line: string; chars: number } | undefined;
  private readonly most = new Map<string, number>();
  private answers = 0;

  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  get wanted(): [output: number, requests: number] {
    return [[...this.most.values()].reduce((sum, output) => sum + output, 0), this.most.size];
  }

  answer({ parts, noise }: { parts: readonly number[]; noise: number }, nowMs: number): void {
    this.answers += 1;
    for (const output of parts) this.say(output, nowMs);
    for (let n = 0; n < noise; n++) this.add('{"type":"user","x":"…"}');
  }

  /** Of the last answer, once more. */
  say(output: number, nowMs: number): void {
    if (this.answers > 0) this.add(this.lineOf(output, nowMs));
  }

  begin(share: number, nowMs: number): void {
    this.answers += 1;
    const line = this.lineOf(7, nowMs);
    this.finish();
    this.half = { line, chars: Math.floor(share * line.length) };
  }

  finish(): void {
    if (this.half !== undefined) this.lines.push(this.half.line);
    this.half = undefined;
  }

  /** All that was written, in another file. */
  replace(nowMs: number): void {
    this.lines[0] = `{"type":"summary","n":${nowMs}}`;
  }

  async save(): Promise<number> {
    const text = `${this.lines.join('\n')}\n${this.half?.line.slice(0, this.half.chars) ?? ''}`;
    await writeFile(`${this.file}.new`, text);
    await rename(`${this.file}.new`, this.file);
    return Buffer.byteLength(text);
  }

  private add(line: string): void {
    this.finish();
    this.lines.push(line);
  }

  private lineOf(output: number, nowMs: number): string {
    const id = `m-${this.answers}`;
    this.most.set(id, Math.max(this.most.get(id) ?? 0, output));
    const message = { id, model: 'm', usage: { output_tokens: output } };
    const timestamp = new Date(nowMs).toISOString();
    return JSON.stringify({ type: 'assistant', timestamp, message });
  }
}

async function readOf(box: Box, written: Written, isLost = false): Promise<void> {
  await tellOf(box, { file: written.file, sizeBytes: await written.save(), isLost });
}

interface Told {
  readonly file: string;
  readonly sizeBytes: number;
  readonly isLost: boolean;
}

async function tellOf(box: Box, { file, sizeBytes, isLost }: Told): Promise<void> {
  const client = {
    query: (type: string, data: unknown) => box.ask(type, data, 'agent:a'),
    command: async (type: string, data: unknown) => {
      const { result } = await box.dispatch(type, data, { actor: 'agent:a' });
      if (isLost) throw new Error('the connection broke');
      return result;
    },
  };
  const files = [{ record: 'claude/c', file, sizeBytes, read: readClaude }];
  await tellUsage({ client, files }).catch(() => undefined);
}

async function apply(one: Step, box: Box, written: Written): Promise<void> {
  box.clock.advance(1_000);
  const nowMs = box.clock.now();
  if (one.does === 'answer') written.answer(one, nowMs);
  else if (one.does === 'again') written.say(one.output, nowMs);
  else if (one.does === 'half') written.begin(one.share, nowMs);
  else if (one.does === 'replace') {
    await readOf(box, written);
    written.replace(nowMs);
  } else {
    await readOf(box, written, one.lost);
    if (one.twice) await twiceAtOnce(box, written);
  }
}

async function twiceAtOnce(box: Box, written: Written): Promise<void> {
  const told = { file: written.file, sizeBytes: await written.save(), isLost: false };
  await Promise.all([tellOf(box, told), tellOf(box, told)]);
}

it('each answer counts once, with the most that was said of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const clock = new TestClock();
      const { features } = world();
      const box = await openBox({ features, clock, store: memoryStore(() => clock.now()) });
      await box.dispatch('agent.add', { name: 'a', profile: 'claude' });
      const written = new Written(path.join(folder, 'c.jsonl'));
      for (const one of steps) await apply(one, box, written);
      written.finish();
      await readOf(box, written);
      const { total } = (await box.ask('cost.report')) as CostReport;
      expect([total.output, total.requests]).toEqual(written.wanted);
    }),
    { numRuns: rounds(20, 2_000) },
  );
});
