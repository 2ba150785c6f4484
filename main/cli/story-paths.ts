/** Importing stories: whoever names files does so from where they stand, and the hub is somewhere else; what is at fault is told line by line. */
import { resolve } from 'node:path';
import { MusherError } from '../base/result.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { oneLine } from './format/plain-text.ts';
import { plainly } from './plainly.ts';

/** The hub would refuse a relative path, so each is checked after it is made whole. */
export const importConvenience: Convenience = {
  checksEach: true,
  async run(run) {
    const { io } = run.session;
    const paths = (run.data.paths as readonly string[]).map((one) => resolve(io.folder, one));
    try {
      return await plainly.run({ ...run, data: { ...run.data, paths } });
    } catch (error) {
      throw await told(run, error);
    }
  },
};

/** A program gets the error as it is; a person each fault on a line of its own, and what to do last. */
async function told({ session }: CapabilityRun, error: unknown): Promise<unknown> {
  if (session.isJson || !(error instanceof MusherError)) return error;
  const { code, details, message } = error.wire;
  const faults = details?.faults;
  if (code !== 'STORY_IMPORT_INVALID' || typeof faults !== 'string') return error;
  await session.note(
    faults
      .split('\n')
      .map((line) => `  ${oneLine(line)}`)
      .join('\n'),
  );
  return new MusherError({ ...error.wire, message: `${message.split(':\n')[0]}.` });
}
