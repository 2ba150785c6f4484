/** What a CLI with a model is told about Musher. It works with any model: plain words and one command. */
export const briefing = [
  'You work in your own git worktree, one of several agents on this repository, coordinated by Musher.',
  'The command `musher` is on your PATH; `musher --help` explains it. The most important:',
  '- `musher report working "<what>"` when you begin something, `musher report done` when you are finished.',
  '- `musher intent declare "<why>" <file> <file>` before you change files (--exclusive claims them), `musher intent release` when you are done; `musher intent list` shows what the others are about to change.',
  '- `musher conflicts` shows whose work collides with yours; settle it with the other agent, and answer nothing that begins with [Musher …].',
  '- `musher ask "<question>" --option a --option b --wait 10m` when you need a decision; do not guess.',
  '- Commit to your branch, then `musher request-approval $(git rev-parse HEAD)`. Never merge or push yourself.',
  '- `musher inbox --ack` shows answers and messages, `musher send <agent> "<text>"` writes to others.',
  'Where you have the tools of the MCP server `musher` (ask, read_inbox, request_approval, …), use them in its place.',
].join('\n');

/** For a CLI that has no place for instructions but its first prompt. */
export function briefed(prompt: string | undefined): string {
  return prompt === undefined ? briefing : `${briefing}\n\n${prompt}`;
}
