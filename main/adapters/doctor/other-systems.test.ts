// What other systems answer, read where they cannot be had.

import { expect, it } from 'vitest';
import { versionLine } from '../ask-program.ts';
import { listeners, ownerInLsof, pidInNetstat } from './port-owner.ts';
import { expanded, registryValue } from './windows-path.ts';

it('who listens is read from netstat, in any language, and not who is connected', () => {
  const text = [
    '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
    '  TCP    127.0.0.1:50123        127.0.0.1:9119         HERGESTELLT      1',
    '  TCP    127.0.0.1:9119         127.0.0.1:50123        HERGESTELLT      2',
    '  TCP    127.0.0.1:9119         0.0.0.0:0              ABHÖREN          4711',
    '  TCP    [::]:135               [::]:0                 ABHÖREN          900',
  ].join('\r\n');
  expect([pidInNetstat(text, 9119), pidInNetstat(text, 135), pidInNetstat(text, 119)]).toEqual([
    ...[4711, 900, undefined],
  ]);
});

it('who listens is read from lsof', () => {
  expect(ownerInLsof('p4711\ncpython3.12\nf5\n')).toBe('python3.12 (pid 4711)');
  expect(ownerInLsof('')).toBeUndefined();
});

it('sockets are those that listen on that port alone', () => {
  const row = (local: string, state: string, inode: number) =>
    `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 x`;
  const table = [
    row('0100007F:239F', '0A', 7),
    row('0100007F:239F', '01', 8),
    row('0100007F:0050', '0A', 9),
  ];
  expect(listeners(table.join('\n'), 9119)).toEqual(['socket:[7]']);
});

it('the PATH of the registry has its variables filled in, whatever their case', () => {
  const value = registryValue(
    '\r\nHKEY_CURRENT_USER\\Environment\r\n    Path    REG_EXPAND_SZ    %UserProfile%\\bin;C:\\x y;%NONE%\r\n',
  );
  expect(expanded(value ?? '', { USERPROFILE: 'C:\\Users\\robin' })).toBe(
    'C:\\Users\\robin\\bin;C:\\x y;%NONE%',
  );
  expect(registryValue('ERROR: The system was unable to find the key')).toBeUndefined();
});

it('a version is the line that has one, without what a terminal would act on', () => {
  expect(versionLine('warning: old config\r\n\u001b]0;x\u00072.1.0 (Claude Code)\n')).toBe(
    ']0;x2.1.0 (Claude Code)',
  );
  expect(versionLine('no number here')).toBe('no number here');
});
