import { describe, expect, it } from 'vitest';
import { parseDeepLink } from './deep-link.ts';

describe('a link into the app', () => {
  it.each([
    ['musher://show', { hash: '', repo: undefined }],
    ['musher://show/', { hash: '', repo: undefined }],
    ['musher://show/inbox', { hash: '#/inbox', repo: undefined }],
    [
      'musher://show/review/approval/a-3?repo=%2Fhome%2Fme%2Fmy%20shop',
      { hash: '#/review/approval/a-3', repo: '/home/me/my shop' },
    ],
  ])('%s', (text, link) => {
    expect(parseDeepLink(text)).toEqual(link);
  });

  it.each([
    ['', 'nothing'],
    ['musher:show/inbox', 'no host'],
    ['musher://app/', 'a page of ours'],
    ['musher://run/rm', 'another word'],
    ['https://show/inbox', 'another scheme'],
    ['musher://me@show/inbox', 'a user'],
    ['musher://show:9/inbox', 'a port'],
    ['musher://show/inbox#/agents', 'a place twice'],
    ['musher://show/inbox?command=agent.start', 'what is no repository'],
    ['musher://show/inbox?repo=shop', 'a folder of who knows where'],
    ['musher://show/inbox?repo=/home/me/../you', 'a way back'],
    ['musher://show/inbox?repo=//server/share', 'a share'],
    [String.raw`musher://show/inbox?repo=\\server\share`, 'a share of Windows'],
    ['musher://show/a/%2e%2e%2fb', 'escaped slashes'],
    ['musher://show/<script>', 'markup'],
    ['musher://show/a/b/c/d/e/f/g', 'too deep'],
    [`musher://show/${'a/'.repeat(600)}`, 'too long'],
  ])('is not %s (%s)', (text) => {
    expect(parseDeepLink(text)).toBeUndefined();
  });
});
