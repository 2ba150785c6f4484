import { describe, expect, it } from 'vitest';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { eventDefs } from '../../../preload/contract/features.ts';
import { Table } from '../../../preload/contract/table.ts';
import { fitsPlainly, fitsType } from './match.ts';
import { MatchIndex } from './match-index.ts';
import type { Armed } from './slice.ts';
import { Subject } from './subject.ts';

function subjectOf(type: string, data: unknown, actor = 'operator'): Subject {
  const plain = { seq: 7, id: 'log-7', atMs: 5, v: 1, causeId: 'c-1', hash: '' };
  return new Subject({ ...plain, actor, type, data } as EventEnvelope);
}

function tableOf(asked: ReadonlyArray<Partial<Armed>>): Table<Armed> {
  return Table.of(
    asked.map((one, at) => [`tr-${at}`, { id: `tr-${at}`, on: ['*'], ...one } as Armed]),
  );
}

/** What a look at each of them finds. */
function slowly(armed: Table<Armed>, subject: Subject): string[] {
  return armed
    .values()
    .filter((one) => fitsType(one.on, subject.event.type) && fitsPlainly(one, subject))
    .map(({ id }) => id);
}

describe('an index answers like a look at each', () => {
  it('by type, also once triggers ask something else', () => {
    const index = new MatchIndex();
    let armed = Table.empty<Armed>();
    const patterns = ['*', 'story.*', 'story.moved', 'agent.*', 'agent.created', 'trigger.fired'];
    patterns.forEach((pattern, at) => {
      armed = armed.set(`tr-${at}`, { id: `tr-${at}`, on: [pattern] });
      for (const type of eventDefs.keys()) {
        const subject = subjectOf(type, {});
        expect(index.of(armed, subject).map(({ id }) => id)).toEqual(slowly(armed, subject));
      }
    });
  });

  const asked: ReadonlyArray<Partial<Armed>> = [
    ...[{ path: 'src/**' }, { story: 's-1' }, {}, { stage: 'qa' as const }, { agent: 'a' }],
    ...[{ path: 'src/a.ts' }, { path: 'docs/' }, { path: '**/*.ts' }, { path: 's*/a.ts' }],
    ...[{ path: './src//deep/*/x.ts' }, { path: 'src/{a,b}.ts' }, { path: 'README.md' }],
    ...[{ agent: 'a', story: 's-1' }, { agent: 'b', stage: 'qa' as const }, { agent: 'b' }],
    ...[{ story: 's-1', path: 'src/**' }, { path: '/abs/*' }, { path: 'docs' }],
  ];
  const armed = tableOf(asked);
  const index = new MatchIndex();

  it.each<[object, string?]>([
    [{}],
    [{ story: 's-1' }],
    [{ story: 's-1', agent: 'a', place: { stage: 'qa' }, files: ['src/a.ts'] }, 'agent:b'],
    [{ agent: 'b', place: { stage: 'qa' } }, 'agent:b'],
    [{ agent: 'b' }, 'agent:a'],
    [{ paths: ['src'] }],
    [{ paths: ['src/a.ts', 'src/b.ts', 'docs/x/y/z.md'] }],
    [{ paths: ['src/deep/in/x.ts', './README.md'] }],
    [{ paths: ['docs', 'docs/', '/abs/x', 'srcs/a.ts', 'deep/er/than/any/src/a.ts'] }],
  ])('%j by %s', (data, actor) => {
    const subject = subjectOf('story.moved', data, actor);
    const found = index.of(armed, subject).filter((one) => fitsPlainly(one, subject));
    expect(found.map(({ id }) => id)).toEqual(slowly(armed, subject));
  });
});

it('a look at one event finds those that it nearly fits, however many there are', () => {
  const many = Array.from({ length: 1_000 }, (_, n) => [
    { story: `s-${n}` },
    { agent: `agent-${n}` },
    { path: `src/${n}/**` },
  ]);
  const index = new MatchIndex();
  const data = { story: 's-3', agent: 'agent-4', files: ['src/5/a.ts', 'src/6/b.ts'] };
  const found = index.of(tableOf(many.flat()), subjectOf('commit.made', data));
  expect(found.map(({ story, agent, path }) => story ?? agent ?? path)).toEqual([
    ...['s-3', 'agent-4', 'src/5/**', 'src/6/**'],
  ]);
});
