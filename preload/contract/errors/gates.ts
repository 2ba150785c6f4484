/** Errors of gates. */
import { failed, row } from './row.ts';

export const gateErrors = {
  GATES_NONE: row(
    409,
    'This project has no gates.',
    'Name commands in .musher/config.toml: [[gates]] name = "test", command = ["npm", "test"].',
  ),
  GATE_UNKNOWN: row(404, 'There is no gate "{gate}".', 'Gates here: {known}.'),
  GATE_CHECK_UNKNOWN: row(
    404,
    'There are no results {check}.',
    '`musher gate run` says what they are called; the newest 100 are kept.',
  ),
  GATE_RUN_UNKNOWN: row(404, 'There is no run {run} of a gate.', 'Under way: {known}.'),
  GATE_OVER: row(409, 'Run {run} of gate "{gate}" is over: {state}.', 'Nothing to do.'),
  GATES_BUSY: row(
    409,
    '{count} runs of gates wait or are under way already.',
    'Wait until some of them have ended, or cancel them: `musher gate cancel <run>`.',
  ),
  GATE_PROGRAM_MISSING: row(
    409,
    'Gate "{gate}" cannot run: there is no program "{program}" on PATH.',
    'Install it, or change the command of this gate in .musher/config.toml.',
  ),
  GATES_FAILED: row(
    409,
    'Required gates have not passed on the merge into "{target}": {gates}.',
    'The agent mends it and asks again. Or run them again (`musher gate run {approval} --again`), or approve with --override-gates and a reason.',
  ),
  GATES_OVERTAKEN: row(
    409,
    'Branch "{target}" moved {count} times while the gates ran.',
    'Approve again when it is quiet.',
  ),
  GATES_UNREADABLE: failed(
    409,
    'Which gates are required is not known: {path} cannot be used as it is.',
    'Mend the file (`musher settings` says what is wrong with it), then approve again. Nothing was merged.',
  ),
} as const;
