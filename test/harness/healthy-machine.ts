// A machine where all is as it should be; what is given is otherwise.

import type { Machine } from '../../main/features/doctor/ports.ts';

export function healthyMachine(other: Partial<Machine> = {}): Machine {
  return {
    version: '0.1.0',
    platform: 'linux x64',
    home: '/home/robin',
    place: async () => '/code/shop',
    runtime: () => ({ node: '24.21.0', oldest: 24, program: '/usr/bin/node' }),
    git: async () => ({
      ...{ path: '/usr/bin/git', isNewEnough: true, oldest: '2.38', platform: 'linux' },
      said: { kind: 'said', text: 'git version 2.39.5' },
    }),
    repository: async () => ({ root: '/code/shop', branches: 3, isShallow: false }),
    trees: async () => ({ trees: [{ path: '/code/shop', kind: 'main' }], branches: [] }),
    clis: async () => [
      {
        ...{ name: 'claude', title: 'Claude Code', origin: 'built-in', program: 'claude' },
        ...{ path: '/usr/bin/claude', said: { kind: 'said', text: '2.1.0 (Claude Code)' } },
      },
    ],
    port: async () => ({ port: 9119, state: 'ours', repositories: ['/code/shop'] }),
    watches: async () => ({
      ...{ kind: 'inotify', maxWatches: 524_288, maxInstances: 1024 },
      ...{ usedWatches: 900, usedInstances: 12, foldersPerTree: 40, trees: 1 },
    }),
    disks: async () => [
      {
        ...{ what: ['Musher’s data', 'the log', 'worktrees'], path: '/' },
        ...{ freeBytes: 80e9, totalBytes: 250e9, freeFiles: 1e7 },
      },
    ],
    places: async () => [],
    shell: async () => ({
      ...{ shell: '/bin/bash', state: 'said', missingFolders: [], onlyThere: [] },
    }),
    time: async () => ({ nowMs: Date.UTC(2026, 10, 30, 9), zone: 'Europe/Oslo' }),
    terminalHost: async () => ({
      ...{ address: '/home/robin/.local/share/musher/terminal-host/socket' },
      ...{ state: 'listens', pid: 4711, terminals: 2 },
    }),
    log: async () => ({
      ...{ kind: 'there', path: '/code/shop/.git/musher/log.sqlite', sizeBytes: 1_400_000 },
      ...{ isSqlite: true, format: 9, newestFormat: 9 },
    }),
    leftovers: async () => ({
      recordings: { count: 4, sizeBytes: 2_000_000, folder: '/code/shop/.git/musher/recordings' },
      temporary: [],
    }),
    config: async () => [],
    notices: async () => ({ state: 'there', by: 'the service org.freedesktop.Notifications' }),
    ...other,
  };
}
