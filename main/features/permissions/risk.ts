/**
 * How much can go wrong when a tool is used, for the operator's eyes: a help to look where it matters, never a wall. What is not
 * known to be harmless is `medium`, and whatever reaches beyond the worktree or cannot be taken back is `high`. Pure.
 */
import type { Risk } from '../../../preload/contract/permissions.ts';
import { type Asked, commandOf, leavesSandbox, pathOf } from './subject.ts';

export interface Assessment {
  readonly risk: Risk;
  /** The strongest first. */
  readonly reasons: readonly string[];
}

/** `worktree`: absolute; undefined where it has none. */
export function assess(asked: Asked, worktree: string | undefined): Assessment {
  if (leavesSandbox(asked)) return high('leaves its sandbox');
  const command = commandOf(asked);
  if (command !== undefined) return assessCommand(command, worktree);
  const path = pathOf(asked);
  if (path !== undefined) return assessPath(asked.tool, path, worktree);
  if (/fetch|search|browse|http/i.test(asked.tool)) return high('reaches the network');
  if (/external_dir/i.test(asked.tool)) return high('reaches outside its worktree');
  return { risk: 'medium', reasons: ['a tool that Musher does not know'] };
}

const high = (...reasons: string[]): Assessment => ({ risk: 'high', reasons });

const secretPath =
  /(^|[\s/"'=])(\.env(?!\.example)|\.ssh|\.aws|\.gnupg|\.netrc|\.npmrc|id_(rsa|ed25519)|[^\s/]*\.pem)\b/;

/** Anywhere in a command: quoting and nesting hide nothing from it, and a false alarm costs a look. */
const dangers: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(sudo|doas|su)\b/, 'runs as another user'],
  [/\b(curl|wget|ssh|scp|rsync|nc|ncat|telnet|ftp)\b/, 'reaches the network'],
  [/\bgit\b[^;&|\n]*\bpush\b/, 'sends commits away'],
  [/\b(npm|pnpm|yarn|cargo|gem|twine|docker)\b[^;&|\n]*\b(publish|push|upload)\b/, 'publishes'],
  [
    /\brm\b[^;&|\n]*\s-\w*[rf]|\brmdir\b|\bunlink\b|\bshred\b|\bfind\b[^;&|\n]*-delete/,
    'deletes files',
  ],
  [
    /\bgit\b[^;&|\n]*\b(reset\s[^;&|\n]*--hard|clean|checkout\s+--|restore|stash\s+(drop|clear)|branch\s+-D|filter-branch|gc)/,
    'throws work away',
  ],
  [
    /\b(dd|mkfs\S*|fdisk|mount|umount|chown|chmod|kill|killall|pkill|shutdown|reboot|systemctl|crontab)\b/,
    'changes the system',
  ],
  [
    /\b(eval|source)\b|\|\s*(sudo\s+)?(ba|z|da|fi)?sh\b|\b(ba|z|da|fi)?sh\s+-c\b/,
    'runs what it makes up',
  ],
  [/\b(drop\s+(table|database)|truncate\s+table|delete\s+from)\b/i, 'deletes data'],
  [secretPath, 'touches secrets'],
];

function assessCommand(command: string, worktree: string | undefined): Assessment {
  const found = dangers.filter(([shape]) => shape.test(command)).map(([, reason]) => reason);
  if (leavesWorktree(command, worktree)) found.push('reaches outside its worktree');
  if (found.length > 0) return high(...new Set(found));
  return isPlainRead(command)
    ? { risk: 'low', reasons: ['only reads'] }
    : { risk: 'medium', reasons: ['runs a program'] };
}

/** Absolute paths that are not the worktree's, the home folder, and steps up. */
function leavesWorktree(command: string, worktree: string | undefined): boolean {
  const words = command.split(/[\s"'`=;&|<>()]+/);
  return words.some((word) => isOutside(word, worktree));
}

function isOutside(path: string, worktree: string | undefined): boolean {
  if (/^(~|\$\{?HOME)/.test(path) || /(^|[/\\])\.\.([/\\]|$)/.test(path)) return true;
  if (!/^(\/|[A-Za-z]:[/\\])/.test(path)) return false;
  // What every program writes to, and says nothing by.
  if (/^\/dev\/(null|stdin|stdout|stderr|tty)$/.test(path)) return false;
  if (worktree === undefined) return true;
  return path !== worktree && !path.startsWith(`${worktree}/`) && !path.startsWith(`${worktree}\\`);
}

/** One program that changes nothing, with plain words: no other program hides behind it. */
const plainWords = /^[\w ./:@,=+-]+$/;
const readers = new Set([
  'ls',
  'pwd',
  'cat',
  'head',
  'tail',
  'wc',
  'grep',
  'rg',
  'stat',
  'file',
  'du',
  'which',
  'echo',
]);
const gitReads = new Set(['status', 'log', 'show', 'diff', 'blame', 'ls-files', 'rev-parse']);

function isPlainRead(command: string): boolean {
  if (!plainWords.test(command)) return false;
  const [program = '', first = '', ...rest] = command.trim().split(/\s+/);
  if (program !== 'git') return readers.has(program);
  // Options before the word, and some after it, have git run other programs or write files.
  return gitReads.has(first) && !rest.some((word) => /^--(ext-diff|textconv|output)/.test(word));
}

function assessPath(tool: string, path: string, worktree: string | undefined): Assessment {
  const reasons: string[] = [];
  if (secretPath.test(path)) reasons.push('touches secrets');
  if (isOutside(path, worktree)) reasons.push('reaches outside its worktree');
  if (/(^|\/)\.(git|claude|codex|musher)(\/|$)/.test(path))
    reasons.push('changes how tools behave');
  if (reasons.length > 0) return high(...reasons);
  if (/^(read|view|open|glob|grep|ls|list)/i.test(tool))
    return { risk: 'low', reasons: ['only reads'] };
  return { risk: 'medium', reasons: ['changes files in its worktree'] };
}
