/**
 * A CLI's permission hook: what it asks is asked of the operator, and the answer printed in the words that the CLI reads. It waits
 * as long as the CLI lets it; without an answer it says nothing, and the CLI asks at its own screen.
 */
import { maxInputChars } from '../../preload/contract/permission-input.ts';
import type { CapabilityRun } from './capability-run.ts';
import { readResult } from './checks.ts';
import { poll } from './poll.ts';

type Session = CapabilityRun['session'];
type Payload = Readonly<Record<string, unknown>>;

/** Less than the hook's own time in the CLI's settings (hookPatienceS), milliseconds. */
const patienceMs = 12 * 3_600_000;

export interface ToolUse {
  readonly tool: string;
  readonly input: string;
  /** Copilot CLI's way: its names are in camel case, and the decision stands alone. */
  readonly isFlat: boolean;
}

/** They want more than a yes: their own screen asks for it. */
const ownScreens: ReadonlySet<string> = new Set(['AskUserQuestion', 'ExitPlanMode']);

/** Undefined when the payload is of no tool, or says more than an operator can read. */
export function toolUseOf(payload: Payload): ToolUse | undefined {
  const tool = payload.tool_name ?? payload.toolName;
  if (typeof tool !== 'string' || tool === '' || tool.length > 200 || ownScreens.has(tool))
    return undefined;
  const input = JSON.stringify(payload.tool_input ?? payload.toolInput ?? {});
  const isFlat = payload.tool_name === undefined;
  return input.length > maxInputChars ? undefined : { tool, input, isFlat };
}

/** Throws when Musher is away, or does not take it. */
export async function askPermission(session: Session, { isFlat, ...use }: ToolUse): Promise<void> {
  const asked = await session.client.command('permission.ask', use);
  const { id, state } = await readResult('permission.ask', asked);
  const record =
    state === 'open' ? await untilDecided(session, id) : await readResult('permission.ask', asked);
  const decision = decisionOf(record);
  if (decision === undefined) return;
  // Its turn goes on, whatever it was told.
  await session.client.command('agent.hook', { event: 'busy' });
  const hookSpecificOutput = { hookEventName: 'PermissionRequest', decision };
  const printed = isFlat ? decision : { hookSpecificOutput };
  await session.io.stdout.write(`${JSON.stringify(printed)}\n`);
}

function untilDecided(session: Session, permission: string) {
  return poll({
    session,
    type: 'permission.get',
    data: { permission },
    totalMs: patienceMs,
    parse: (result) => readResult('permission.get', result),
    isDone: ({ state }) => state !== 'open',
    isPatient: true,
  });
}

const refusal = 'The operator refused this. Go on without it, or ask what to do instead.';

function decisionOf({
  state,
  note,
}: {
  readonly state: string;
  readonly note?: string | undefined;
}) {
  if (state === 'allowed') return { behavior: 'allow' };
  if (state === 'denied') return { behavior: 'deny', message: note ?? refusal };
  return undefined;
}
