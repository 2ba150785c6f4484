// Runs the built command many times in one process, as its own process would run it: a process for each costs a hundred
// times as much. Takes lists of words on stdin, as JSON, and gives `{ code, stdout, stderr }` for each.

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const [cliFile = ''] = process.argv.slice(2);
const [, chunk] =
  /import\("(\.\/chunks\/start-[^"]+)"\)/.exec(await readFile(cliFile, 'utf8')) ?? [];
if (chunk === undefined) throw new Error(`${cliFile} imports no start`);
const { start } = await import(new URL(chunk, pathToFileURL(cliFile)).href);

const answer = process.stdout.write.bind(process.stdout);
/** @type {{ stdout: string, stderr: string }} */
let said = { stdout: '', stderr: '' };
for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
  // Each run listens for its reader to go.
  process[name].setMaxListeners(0);
  process[name].write = /** @type {typeof process.stdout.write} */ (
    (/** @type {string} */ chunk, /** @type {() => void} */ written) => {
      said[name] += chunk;
      written();
      return true;
    }
  );
}

const runs = [];
for (const argv of JSON.parse(await text(process.stdin))) {
  said = { stdout: '', stderr: '' };
  runs.push({ code: await start(argv, '0.0.0'), ...said });
}
answer(JSON.stringify(runs));
