import { expect, it } from 'vitest';
import { environmentIn, needsLoginEnvironment } from './login-environment.ts';

const mark = 'musher-1';

it.each([
  [
    'with NULs',
    `Hi\nPATH=/no ${mark}A=1\n2=3\0_=printf ${mark}\0PATH=/a:/b\0EMPTY=\0PWD=/x\0${mark}bye`,
    'A=1\n2=3',
  ],
  [
    'by lines, of an old macOS',
    `${mark}A=1\n_=printf ${mark}\nPATH=/a:/b\nEMPTY=\nSHLVL=2\n${mark}`,
    'A=1',
  ],
])('the environment of a shell is found among what its files print: %s', (_how, text, first) => {
  const [name = '', value = ''] = first.split(/=(.*)/s);
  expect(environmentIn(text, mark)).toEqual({ [name]: value, PATH: '/a:/b', EMPTY: '' });
});

it('is none where the shell never came so far', () => {
  expect(environmentIn('welcome\n', mark)).toBeUndefined();
  expect(environmentIn(`${mark}PATH=/a`, mark)).toBeUndefined();
});

it('is needed where there is no terminal, and never on Windows', () => {
  expect(needsLoginEnvironment({}, 'darwin')).toBe(true);
  expect(needsLoginEnvironment({ TERM: 'xterm' }, 'linux')).toBe(false);
  expect(needsLoginEnvironment({}, 'win32')).toBe(false);
});
