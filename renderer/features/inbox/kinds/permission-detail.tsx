import type { PermissionRecord } from '../../../../preload/contract/permissions.ts';
import { useSend } from '../../../hub/use-command.ts';
import { useIsQuiet } from '../../../shell/self-moves.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { focusComposeBox } from '../../../ui/compose-box.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { DetailFrame, showAgent } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { permissionFacts } from './permission.ts';
import { type InputPart, partsOfInput } from './permission-input.ts';
import { ReplyBox } from '../reply-box.tsx';
import { useItemDecision } from '../use-item-decision.ts';

export type PermissionItem = Item<'permission', PermissionRecord>;

export const permissionKind: InboxKind<'permission', PermissionRecord> = {
  ...permissionFacts,
  open: showAgent,
  Detail: PermissionDetail,
};

const tones: Readonly<Record<PermissionItem['record']['risk'], Tone>> = {
  low: 'green',
  medium: 'amber',
  high: 'red',
};

/** What a CLI would ask at its own screen. All of it is shown: what is decided is what was seen. */
export function PermissionDetail({ item }: { item: PermissionItem }) {
  const { tool, risk, reasons, screen } = item.record;
  const act = usePermissionActions(item);
  const isQuiet = useIsQuiet();
  useShortcuts([
    { keys: 'a', run: act.once, decides: true },
    { keys: 'Shift+a', run: act.always, decides: true },
    { keys: 'd', run: () => act.deny(), decides: true },
    { keys: 't', run: act.giveBack, decides: true },
    { keys: 'r', run: focusComposeBox },
  ]);
  return (
    <DetailFrame
      item={item}
      verb={`asks to use ${toPlainLine(tool)}`}
      footer={
        <>
          <fieldset
            aria-label="Decision"
            // The keys are pale while they do nothing (see self-moves.ts).
            data-quiet={isQuiet}
            className="flex min-w-0 flex-wrap items-center gap-2 data-[quiet=true]:[&_kbd]:opacity-40"
          >
            <Button look={risk === 'high' ? 'normal' : 'primary'} shortcut="a" onClick={act.once}>
              Allow once
            </Button>
            <Button shortcut="d" onClick={() => act.deny()}>
              Deny
            </Button>
            {mayStand(item.record) && (
              <Button shortcut="Shift+a" onClick={act.always}>
                Always for {item.agent}
              </Button>
            )}
          </fieldset>
          <ReplyBox
            itemId={item.id}
            label="Deny, and say what to do instead"
            send="Deny"
            onSend={act.deny}
          >
            <Button look="quiet" shortcut="t" onClick={act.giveBack}>
              Ask in its terminal
            </Button>
          </ReplyBox>
        </>
      }
    >
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tones[risk]}>{risk} risk</Badge>
        <span className="text-muted">{reasons.join(', ')}</span>
      </p>
      {screen && <OfScreen isWhole={screen.isWhole} />}
      <dl>
        {partsOfInput(item.record.input).map((part) => (
          <InputField key={part.name} part={part} isRisky={risk === 'high'} />
        ))}
      </dl>
    </DetailFrame>
  );
}

/** Of what a screen shows, only a whole command of one line is surely the same the next time. */
function mayStand({ risk, tool, screen }: PermissionItem['record']): boolean {
  return risk !== 'high' && (screen === undefined || (screen.isExact && tool === 'shell'));
}

function OfScreen({ isWhole }: { isWhole: boolean }) {
  return (
    <p className="mt-2 text-sm text-muted">
      {isWhole
        ? 'As its screen shows it. The decision is typed there, if it still shows this.'
        : 'Only as far as its screen shows it: look at its terminal for the rest. The decision is typed there, if it still shows this.'}
    </p>
  );
}

/** What the agent says that it is for: words of its own, and no part of what is run. */
const ownWords = 'description';

function InputField({ part: { name, text }, isRisky }: { part: InputPart; isRisky: boolean }) {
  if (name === ownWords)
    return (
      <div className="mt-3">
        <dt className="text-sm font-medium text-muted">description, in the agent’s words</dt>
        <dd className="mt-1">
          <UntrustedText text={text} className="text-selectable text-muted" />
        </dd>
      </div>
    );
  return (
    <div className="mt-3">
      <dt className="text-sm font-medium text-muted">{toPlainLine(name) || 'input'}</dt>
      <dd className="mt-1">
        <UntrustedText
          text={text}
          className={classNames(
            'text-selectable rounded-md border-l-2 bg-selected px-2.5 py-1.5 font-mono text-sm',
            isRisky ? 'border-red' : 'border-transparent',
          )}
        />
      </dd>
    </div>
  );
}

function usePermissionActions(item: PermissionItem) {
  const sendCommand = useSend();
  const decide = useItemDecision(item.id);
  const { id: permission, tool } = item.record;
  const act = (what: string, send: () => Promise<boolean>) =>
    decide(`${what} ${item.agent}: ${tool}`, send);
  return {
    once: () => act('Allowed', () => sendCommand('permission.allow', { permission })),
    always: () =>
      mayStand(item.record) &&
      act('Always allowed', () => sendCommand('permission.allow', { permission, always: true })),
    deny: (note = '') =>
      act('Denied', () => sendCommand('permission.deny', { permission, ...(note && { note }) })),
    giveBack: () =>
      act('Left to its terminal', () => sendCommand('permission.return', { permission })),
  };
}
