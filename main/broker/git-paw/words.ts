/** What a person reads of messages that were written for programs. */
import type { WireMessage } from './wire.ts';

type Of<Type extends WireMessage['type']> = Extract<WireMessage, { type: Type }>;

export function sayArtifact({
  status,
  exports,
  modified_files: files,
}: Of<'agent.artifact'>['payload']) {
  const parts = [
    `Artifact: ${status}`,
    exports.length > 0 ? `exports ${exports.join(', ')}` : '',
    files.length > 0 ? (files.length === 1 ? '1 file' : `${files.length} files`) : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

type Advanced = Omit<Of<'agent.advanced-main'>, 'type' | 'from'>;

export function sayAdvanced({ merged_branch, base, new_main_sha, summary }: Advanced): string {
  const what = `${base} is at ${new_main_sha} now, with ${merged_branch}`;
  return summary === undefined ? what : `${what}: ${summary}`;
}
