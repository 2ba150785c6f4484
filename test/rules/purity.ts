// Where the clock, timers, randomness, blocking calls and the console may be used, and what tests may not do.

import childProcess from 'node:child_process';
import fs from 'node:fs';
import type { Breach, SourceFile } from './source-file.ts';
import { isNode, lineOf, nameOf, parseFile, type SyntaxNode, stringOf, walk } from './syntax.ts';

interface Ban {
  /** Files that it is about. */
  holds(path: string): boolean;
  /** Whether this node breaks it: what was found, for the message. */
  find(node: SyntaxNode): string | undefined;
  mend: string;
}

const clock = /^(Date|Date\.now|performance\.now|process\.hrtime(\.bigint)?)$/;
const timers = /^((globalThis|window)\.)?(setTimeout|setInterval|setImmediate)$/;
const chance =
  /^(Math\.random|(crypto\.|globalThis\.crypto\.)?(randomUUID|randomBytes|getRandomValues))$/;
const blocking = new Set(
  [...Object.keys(fs), ...Object.keys(childProcess)].filter((name) => name.endsWith('Sync')),
);

const isCli = (path: string) => /^main\/(cli\.ts$|cli\/)/.test(path);
/** A thread of its own: nobody waits for its loop. */
const isThread = (path: string) => path.endsWith('-worker.ts');
const isOutside = (path: string) =>
  isCli(path) || /^main\/(base|adapters|terminal-host|demo\/scripts)\//.test(path);
const isPureMain = (path: string) => /^(main|preload)\//.test(path) && !isOutside(path);
/** In the renderer: the connection, the plain controls, and hooks, which clean up after themselves. */
const isTimedRenderer = (path: string) =>
  /^renderer\/(hub|ui)\//.test(path) || /\/use-[^/]+\.tsx?$/.test(path);
const isUntimed = (path: string) =>
  isPureMain(path) || (path.startsWith('renderer/') && !isTimedRenderer(path));
const isChanceless = (path: string) =>
  isPureMain(path) || (path.startsWith('renderer/') && !path.startsWith('renderer/hub/'));

const sourceBans: Ban[] = [
  {
    holds: isUntimed,
    find: (node) => readsClock(node) ?? calls(node, timers) ?? imports(node, /^(node:)?timers/),
    mend: 'Take the time from ctx.nowMs or the Clock; in the renderer from a hook in a use-*.ts file',
  },
  {
    holds: isChanceless,
    find: (node) => calls(node, chance),
    mend: 'Take ids from ctx.newId; in the renderer from the command client in renderer/hub',
  },
  {
    holds: (path) => path.startsWith('main/') && !isCli(path) && !isThread(path),
    find: (node) => (blocking.has(lastName(node)) ? lastName(node) : undefined),
    mend: 'Use the call that returns a promise: the event loop is the latency of the product',
  },
  {
    holds: (path) => path.startsWith('main/') && !isCli(path),
    find: (node) => (node.type === 'MemberExpression' ? named(node, /^console\./) : undefined),
    mend: 'Log through the logger that was handed in',
  },
];

const everywhereBans: Ban[] = [
  {
    holds: () => true,
    find: (node) => {
      const isCast = /^TS(AsExpression|TypeAssertion)$/.test(node.type);
      const to = isCast && isNode(node.typeAnnotation) ? node.typeAnnotation.type : '';
      return to === 'TSAnyKeyword' ? 'as any' : undefined;
    },
    mend: 'Parse it with a schema, or say `unknown` and narrow it',
  },
];

const testBans: Ban[] = [
  {
    holds: () => true,
    find: (node) => calls(node, /^(vi|jest)\.(mock|doMock|unmock|doUnmock|unstable_mockModule)$/),
    mend: 'Use the real part, or hand in another by its port; only clock, ids and network are replaced',
  },
  { holds: () => true, find: findSkip, mend: 'Mend the test or delete it' },
  {
    holds: (path) => !path.startsWith('test/harness/') && !path.startsWith('test/bench/'),
    find: findSleep,
    mend: 'Wait for a fact with a wait helper of test/harness',
  },
];

export function checkSource(file: SourceFile): Breach[] {
  return [...applyBans(file, [...sourceBans, ...everywhereBans]), ...checkComments(file)];
}

export function checkTest(file: SourceFile): Breach[] {
  return [...applyBans(file, [...testBans, ...everywhereBans]), ...checkComments(file)];
}

function applyBans(file: SourceFile, bans: Ban[]): Breach[] {
  const active = bans.filter((ban) => ban.holds(file.path));
  const breaches: Breach[] = [];
  walk(parseFile(file), (node) => {
    for (const { find, mend } of active) {
      const found = find(node);
      if (found === undefined) continue;
      const line = lineOf(file.text, node.start);
      breaches.push({ path: file.path, line, rule: `${found} is not allowed here`, mend });
    }
  });
  return breaches;
}

function checkComments(file: SourceFile): Breach[] {
  return [...file.text.matchAll(/^\s*(?:\/\/|\/?\*+) *(@ts-(?:ignore|nocheck))/gm)].map(
    (match) => ({
      path: file.path,
      line: lineOf(file.text, match.index),
      rule: `${match[1]} is not allowed here`,
      mend: 'Mend the type; for a test of wrong input there is @ts-expect-error',
    }),
  );
}

/** `new Date(at)` only formats a time that came in; without an argument it reads the clock. */
function readsClock(node: SyntaxNode): string | undefined {
  if (node.type !== 'NewExpression') return calls(node, clock);
  const isNow = nameOf(node.callee) === 'Date' && (node.arguments as unknown[]).length === 0;
  return isNow ? 'new Date()' : undefined;
}

function calls(node: SyntaxNode, pattern: RegExp): string | undefined {
  return node.type === 'CallExpression' ? named(node.callee, pattern) : undefined;
}

function imports(node: SyntaxNode, pattern: RegExp): string | undefined {
  const source = node.type === 'ImportDeclaration' ? stringOf(node.source) : undefined;
  return source !== undefined && pattern.test(source) ? source : undefined;
}

function named(node: unknown, pattern: RegExp): string | undefined {
  const name = nameOf(node);
  return name !== undefined && pattern.test(name) ? name : undefined;
}

/** Of a call or an imported name: `readFileSync` for `fs.readFileSync()` and for its import alike. */
function lastName(node: SyntaxNode): string {
  const callee = node.type === 'CallExpression' ? node.callee : undefined;
  const name = nameOf(node.type === 'ImportSpecifier' ? node.imported : callee);
  return name?.split('.').at(-1) ?? '';
}

/** Playwright's `test.skip(condition, reason)` is no quarantine: it says what a machine lacks. */
function findSkip(node: SyntaxNode): string | undefined {
  const found = calls(node, /^(it|test|describe|suite)(\.\w+)*\.(skip|only|todo|fixme|fails)$/);
  const [condition, reason] = (node.arguments as unknown[] | undefined) ?? [];
  const isConditional = stringOf(condition) === undefined && stringOf(reason) !== undefined;
  return found?.endsWith('.skip') && isConditional ? undefined : found;
}

function findSleep(node: SyntaxNode): string | undefined {
  const isTimers = imports(node, /^(node:)?timers\/promises$/);
  const onPage =
    node.type === 'CallExpression' && isNode(node.callee) ? node.callee.property : undefined;
  if (isTimers || nameOf(onPage) === 'waitForTimeout') return isTimers ?? 'waitForTimeout';
  if (node.type !== 'NewExpression' || nameOf(node.callee) !== 'Promise') return undefined;
  let found: string | undefined;
  walk(node, (inner) => {
    if (calls(inner, timers)) found = 'a promise of setTimeout';
  });
  return found;
}
