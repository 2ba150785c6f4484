// `npm run dev [-- options of musher serve]`: rebuilds on change and restarts the browser host.
// It watches real builds rather than serving from Vite's dev server: that one needs inline scripts
// and a second origin, both of which the app's content policy and origin check refuse, rightly.

import { spawn } from 'node:child_process';
import { build } from 'vite';
import { fromRoot } from './paths.mjs';
import { say } from './run.mjs';
import { clearStamp } from './stale.mjs';
import { targets } from './targets.ts';

/** @type {import('node:child_process').ChildProcess | undefined} */
let host;

for (const target of targets) {
  const config = target.config();
  if (config) await watch(target.name, config);
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    host?.kill(signal);
    process.exit(0);
  });
}

/**
 * @param {string} name
 * @param {import('vite').InlineConfig} config
 */
async function watch(name, config) {
  clearStamp(name); // what is in dist from now on is no longer what the stamp says
  const watcher = await build({ ...config, build: { ...config.build, watch: {} } });
  if (!('on' in watcher)) return;
  watcher.on('event', (event) => {
    if (event.code === 'ERROR') console.error(event.error);
    if (event.code !== 'END') return;
    say(`${name} is built`);
    if (name === 'main') restartHost();
  });
}

function restartHost() {
  const start = () => {
    host = spawn(
      process.execPath,
      [fromRoot('dist/main/cli.js'), 'serve', ...process.argv.slice(2)],
      { stdio: 'inherit' },
    );
  };
  if (!host || host.exitCode !== null) return start();
  host.once('exit', start);
  host.kill('SIGTERM');
}
