import { expect, it } from 'vitest';
import { configSchema } from '../../../preload/contract/config.ts';
import { shortHash } from '../../base/short-hash.ts';
import { gateSettings } from './settings.ts';

const file = (path: string, said: object) => ({
  ...{ path, origin: path === 'mine' ? ('user' as const) : ('repository' as const) },
  config: configSchema.parse(said),
});
const settings = (configs: ReturnType<typeof file>[], bad: string[] = []) =>
  gateSettings({
    files: bad.map((path) => ({ path, state: 'bad' })),
    configs,
    sha256: shortHash,
  });
const gate = (over: object = {}) => ({ name: 'test', command: ['npm', 'test'], ...over });

it('of one name the user’s own counts, and required ones come first', () => {
  const mine = file('mine', {
    gates: [gate({ timeout: '90s' })],
    review: { parallel_gates: 4 },
  });
  const ours = file('ours', {
    gates: [{ name: 'lint', command: ['x'], required: false }, gate(), gate({ name: 'docs' })],
    review: { gates: 'on-approve', parallel_gates: 1 },
  });
  const { gates, when, parallel } = settings([mine, ours]);
  expect(gates.map(({ name, timeoutMs }) => [name, timeoutMs])).toEqual([
    ['test', 90_000],
    ['docs', 600_000],
    ['lint', 600_000],
  ]);
  expect([when, parallel]).toEqual(['on-approve', 4]);
  expect(settings([])).toMatchObject({ gates: [], when: 'on-request', parallel: 2 });
});

it('a gate is another one when what it runs is, and the same whatever it is about', () => {
  const hashOf = (over: object) => settings([file('ours', { gates: [gate(over)] })]).gates[0]?.hash;
  const plain = hashOf({});
  expect(hashOf({ paths: ['src/'], required: false })).toBe(plain);
  expect(hashOf({ env: { A: '1', B: '2' } })).toBe(hashOf({ env: { B: '2', A: '1' } }));
  const others = [{ env: { A: '1' } }, { command: ['npm', 't'] }, { timeout: '1m' }].map(hashOf);
  expect(new Set([plain, ...others]).size).toBe(4);
});

it('a bad file that was good before says what it said then; one that never was is told', () => {
  expect(settings([file('ours', {})], ['ours']).unreadable).toBeUndefined();
  expect(settings([], ['ours']).unreadable).toBe('ours');
});
