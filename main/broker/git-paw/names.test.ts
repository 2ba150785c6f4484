import { expect, it } from 'vitest';
import { isName, slugOf, whoIs } from './names.ts';

it.each([
  ['feat/http-broker', 'feat-http-broker'],
  ['a/b/c', 'a-b-c'],
  ['FEAT/X', 'feat-x'],
  ['fix/a_b.c', 'fix-a_b-c'],
  ['--a//b--', 'a-b'],
  ['', 'agent'],
  ['---', 'agent'],
  ['ünï', 'n'],
])('the slug of "%s" is "%s"', (branch, slug) => {
  expect(slugOf(branch)).toBe(slug);
});

const agents = [
  { id: 'login', branch: 'feat/login' },
  { id: 'feat-login', branch: 'other' },
  { id: 'api', branch: 'Feat/API' },
];

it.each([
  ['login', 'login'],
  ['feat/login', 'login'],
  // An id goes before somebody else's branch.
  ['feat-login', 'feat-login'],
  ['feat-api', 'api'],
  ['Feat/API', 'api'],
  ['supervisor', 'operator'],
  ['operator', 'operator'],
  ['feat/ghost', undefined],
  ['constructor', undefined],
  ['', undefined],
])('"%s" is %s', (name, who) => {
  expect(whoIs(name, agents)).toBe(who);
});

it.each([
  ['feat/login', true],
  ['feat-login', true],
  ['INVALID!', false],
  ['', false],
  ['../x', false],
  ['a b', false],
])('"%s" may be asked for: %s', (name, may) => {
  expect(isName(name)).toBe(may);
});
