import { expect, it } from 'vitest';
import type { DoctorReport } from './doctor.ts';
import { redacted, reportText, sayStates } from './say-doctor.ts';

const home = '/home/robin';

it.each([
  ['/home/robin/code and /home/robin', '~/code and ~'],
  ['/home/robinson/code, /home/robin-2', '/home/robinson/code, /home/robin-2'],
  ['https://robin:pw@git.example.com/a', 'https://…@git.example.com/a'],
  ['http://127.0.0.1:9119/a/Zx81kQ0bTn5oWq7rLs2mVd9e', 'http://127.0.0.1:9119/a/…'],
  ['MUSHER_TOKEN=hunter2 x', 'MUSHER_TOKEN=… x'],
  ['"token": "hunter2"', '"token": …'],
  ['mt1.Zx81kQ0bTn5oWq7rLs2mVd9eZx81kQ0bTn5oWq7rLs2', 'mt1.…'],
  [
    'commit 9f2c1d3e4b5a69788796a5b4c3d2e1f009f2c1d3',
    'commit 9f2c1d3e4b5a69788796a5b4c3d2e1f009f2c1d3',
  ],
  ['agent/add-a-way-to-log-in-with-a-passkey-2', 'agent/add-a-way-to-log-in-with-a-passkey-2'],
])('%s is copied as %s', (text, copied) => {
  expect(redacted(text, home)).toBe(copied);
});

it('a report is a text with the worst first, its remedies and what is beneath', () => {
  const report: DoctorReport = {
    checks: [
      { id: 'git', state: 'ok', title: 'git', found: 'git version 2.39.5' },
      {
        ...{ id: 'port', state: 'problem', title: 'Port', found: '9119 is taken' },
        ...{ remedy: 'End it.', details: ['by /home/robin/x'] },
      },
    ],
    ...{ atMs: 0, tookMs: 3, version: '0.1.0', platform: 'linux x64', byMusher: false, home },
    repository: '/home/robin/shop',
  };
  expect(reportText(report)).toMatchInlineSnapshot(`
    "Musher 0.1.0 on linux x64, 1970-01-01T00:00:00.000Z
    Repository ~/shop (no Musher was asked)
    1 problem, 1 ok

    [problem] Port (port): 9119 is taken
        by ~/x
      → End it.

    [ok] git (git): git version 2.39.5"
  `);
  expect(sayStates([])).toBe('nothing checked');
});
