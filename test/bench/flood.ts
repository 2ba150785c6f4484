// A flood, and what this machine can do with it at best: a bare pty that is read, and a bare parser.
/// <reference path="../../main/terminal-host/node-pty.d.ts" />
import { type IPty, spawn } from 'node-pty';
import { createHeadless } from '../../main/terminal-host/headless.ts';
import { agentSpec } from '../harness/terminals.ts';

export const megabyte = 1024 * 1024;

/** Reads a flood of so many lines from a bare pty: what came, and how fast in MB/s. */
export async function readBarePty(lines: number): Promise<{ parts: Uint8Array[]; rate: number }> {
  const parts: Uint8Array[] = [];
  const startMs = performance.now();
  await endOf(spawnBare('floods', String(lines)), (data) => parts.push(data));
  return { parts, rate: rateOf(sizeOf(parts), performance.now() - startMs) };
}

/** How fast a bare terminal without a window parses it, MB/s. */
export async function parseRate(parts: readonly Uint8Array[]): Promise<number> {
  const terminal = createHeadless({ cols: 80, rows: 24, scrollback: 5000, allowProposedApi: true });
  const startMs = performance.now();
  for (const part of parts) terminal.write(part);
  await new Promise<void>((resolve) => terminal.write('', resolve));
  const rate = rateOf(sizeOf(parts), performance.now() - startMs);
  terminal.dispose();
  return rate;
}

/** The rate of both after each other, MB/s: a terminal that reads and parses once does no better on one core. */
export function onceParsed(pty: number, parser: number): number {
  return 1 / (1 / pty + 1 / parser);
}

export function spawnBare(script: string, ...args: string[]): IPty {
  const spec = agentSpec('bare.1', script, ...args);
  const { cols, rows, cwd, env } = spec;
  return spawn(spec.program, [...spec.args], { cols, rows, cwd, env: { ...env }, encoding: null });
}

export function endOf(pty: IPty, onData: (data: Uint8Array) => void): Promise<void> {
  pty.onData((data) => onData(typeof data === 'string' ? Buffer.from(data) : data));
  return new Promise((resolve) => pty.onExit(() => resolve()));
}

/** What `floods.mjs` writes in so many lines, as the pty gives it on. */
export function floodBytes(lines: number): number {
  let digits = 0;
  for (let line = 0; line < lines; line++) digits += String(line).length;
  return digits + lines * 'line  the quick brown fox jumps over the lazy dog\r\r\n'.length;
}

/** MB/s. */
export function rateOf(bytes: number, tookMs: number): number {
  return bytes / megabyte / (tookMs / 1000);
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
