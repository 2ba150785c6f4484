import { describe, expect, it } from 'vitest';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { chainOf } from './chain.ts';
import { fitsPlainly, fitsType } from './match.ts';
import { payloadOf } from './payload.ts';
import { fill, placeholderFault } from './placeholders.ts';
import { bounded, Subject } from './subject.ts';

function event(type: string, data: unknown, rest: Partial<EventEnvelope> = {}): EventEnvelope {
  const plain = { seq: 7, id: 'log-7', atMs: 5, v: 1, causeId: 'c-1', hash: '' };
  return { ...plain, actor: 'operator', type, data, ...rest } as EventEnvelope;
}
const subject = (data: unknown, rest?: Partial<EventEnvelope>) =>
  new Subject(event('story.moved', data, rest));

describe('the type', () => {
  it.each<[string, string, boolean]>([
    ['story.moved', 'story.moved', true],
    ['story.moved', 'story.moved_on', false],
    ['story.*', 'story.moved', true],
    ['story.*', 'stories.x', false],
    ['*', 'agent.created', true],
    ['*', 'trigger.fired', false],
    ['trigger.*', 'trigger.fired', true],
  ])('%s and %s: %s', (pattern, type, fits) => expect(fitsType([pattern], type)).toBe(fits));
});

describe('what it asks', () => {
  const isMet = (asked: object, data: unknown) =>
    fitsPlainly(asked, subject(data, { actor: 'agent:b' }));

  it.each<[string, object, unknown]>([
    ['its story', { story: 's-1' }, { story: 's-1' }],
    ['its agent', { agent: 'a' }, { agent: 'a' }],
    ['an agent that did it', { agent: 'b' }, { agent: 'a' }],
    ['its stage', { stage: 'qa' }, { place: { stage: 'qa' } }],
    ['a file', { path: 'src/a.ts' }, { files: ['src/a.ts'] }],
    ['a pattern', { path: 'src/**/*.ts' }, { commits: [{ files: [{ path: 'src/x/b.ts' }] }] }],
    ['a folder', { path: 'docs/**' }, { path: './docs/x/y.md' }],
    ['a dot file', { path: '**/*.env' }, { file: 'deploy/.env' }],
  ])('%s fits', (_, asked, data) => expect(isMet(asked, data)).toBe(true));

  it.each<[string, object, unknown]>([
    ['another story', { story: 's-1' }, { story: 's-2' }],
    ['no story', { story: 's-1' }, {}],
    ['a story that is no text', { story: 's-1' }, { story: ['s-1'] }],
    ['another stage', { stage: 'qa' }, { place: { stage: 'done' } }],
    ['data that is none', { stage: 'qa' }, null],
    ['a file by its case', { path: 'src/a.ts' }, { files: ['SRC/a.ts'] }],
    ['another file', { path: 'docs/**' }, { files: ['src/docs.ts'] }],
    ['a text that is no file', { path: 'src/**' }, { title: 'src/a.ts' }],
  ])('%s does not', (_, asked, data) => expect(isMet(asked, data)).toBe(false));

  it('files are found up to a bound, however deep and many they are', () => {
    const many = { files: Array.from({ length: 5_000 }, (_, n) => `src/${n}.ts`) };
    expect(subject(many).paths).toHaveLength(1_000);
    let deep: unknown = { path: 'src/a.ts' };
    for (let n = 0; n < 10_000; n++) deep = { in: deep };
    expect(subject(deep).paths).toEqual([]);
  });
});

describe('what an expression sees', () => {
  it('is cut to a bound', () => {
    let deep: unknown = 'x';
    for (let n = 0; n < 100; n++) deep = [deep];
    const huge = {
      ...{ text: 'x'.repeat(100_000), list: Array.from({ length: 100_000 }, () => 1), deep },
      many: Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => 'y')),
    };
    expect(JSON.stringify(bounded(huge)).length).toBeLessThan(20_000);
  });

  it('a name that is special to JavaScript is a name', () => {
    const data: unknown = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}');
    const copy = bounded(data) as Record<string, unknown>;
    expect(Object.keys(copy)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('what of the event is put into an action', () => {
  const plain = subject({
    story: 's-1',
    n: 3,
    tags: ['x', 'y'],
    body: 'hi "you" {{data.n}}',
  }).plain;
  const command = (data: Record<string, unknown>) =>
    ({ kind: 'command', type: 'story.edit', data }) as const;

  it('a value that is a placeholder alone keeps its type, others become text', () => {
    const wished = command({
      story: '{{story}}',
      labels: '{{data.tags}}',
      more: ['n is {{ data.n }}', { deep: '{{data.tags}}; {{data.body}}' }],
    });
    expect(fill(wished, plain)).toMatchObject({
      data: {
        ...{ story: 's-1', labels: ['x', 'y'] },
        // What was put in is not looked at again.
        more: ['n is 3', { deep: ['x', 'y'].length === 2 ? 'x, y; hi "you" {{data.n}}' : '' }],
      },
    });
  });

  it.each<[string, string]>([
    ['{{data.nothing}}', 'data.nothing'],
    ['by {{agent}}', 'agent'],
    ['{{data.constructor}}', 'data.constructor'],
    ['{{data.__proto__.x}}', 'data.__proto__.x'],
  ])('%s of an event without it is a fault', (text, name) => {
    expect(fill({ kind: 'prompt', text }, plain)).toEqual({ fault: `the event has no ${name}` });
  });

  it('what can never be there is said when it is added', () => {
    expect(placeholderFault({ kind: 'prompt', text: 'see {{stroy}}' })).toContain('{{stroy}}');
    expect(placeholderFault({ kind: 'prompt', text: 'see {{story}} {x} {{' })).toBeUndefined();
  });

  it('an address stays as it is', () => {
    const action = { kind: 'webhook', url: 'https://x.example/{{story}}' } as const;
    expect(fill(action, plain)).toEqual(action);
  });
});

describe('which triggers led to an event', () => {
  const system = { actor: 'operator', via: 'system' } as const;
  const log = (...events: EventEnvelope[]) => ({
    page: ({ after = 0 }: { after?: number }) => events.filter(({ seq }) => seq === after + 1),
  });

  it('is followed through actions and effects to the beginning', () => {
    const first = event('story.moved', {}, { seq: 1, causeId: 'c-x' });
    const fired = event(
      'trigger.fired',
      {},
      { seq: 2, actor: 'system', causeId: 'trigger-fire:tr-1:1' },
    );
    const added = event(
      'agent.created',
      {},
      { seq: 3, ...system, causeId: 'trigger:tr-1:1:agent' },
    );
    const started = event('agent.state_changed', {}, { seq: 4, actor: 'system', causeId: 'fx3-0' });
    const other = event('message.sent', {}, { seq: 5, ...system, causeId: 'trigger:tr-2:4' });
    const all = log(first, fired, added, started, other);
    expect(chainOf(other, all)).toEqual(['tr-2', 'tr-1']);
    expect(chainOf(started, all)).toEqual(['tr-1']);
    expect(chainOf(fired, all)).toEqual(['tr-1']);
    expect(chainOf(first, all)).toEqual([]);
  });

  it('an id that somebody else chose says nothing', () => {
    const forged = event('message.sent', {}, { actor: 'agent:a', causeId: 'trigger:tr-1:1' });
    expect(chainOf(forged, log())).toEqual([]);
  });

  it('a way that leads into itself ends', () => {
    const own = event('message.sent', {}, { seq: 7, ...system, causeId: 'fx7-0' });
    expect(chainOf(own, log(own))).toEqual([]);
  });
});

it('what an address is told is cut to a bound', () => {
  const data = Object.fromEntries(
    Array.from({ length: 150 }, (_, n) => [`field${n}`, 'x'.repeat(4_000)]),
  );
  const told = { trigger: { id: 'tr-1', name: 'x' }, text: 'a line' };
  const small = JSON.parse(payloadOf({ ...told, subject: subject({ story: 's-1' }) })) as object;
  expect(small).toMatchObject({
    trigger: { id: 'tr-1' },
    event: { id: 'log-7', seq: 7, type: 'story.moved', actor: 'operator', data: { story: 's-1' } },
  });
  const large = payloadOf({ ...told, subject: subject(data) });
  expect(large.length).toBeLessThan(2_000);
  expect(JSON.parse(large)).toMatchObject({ event: { data: null, isCut: true } });
});
