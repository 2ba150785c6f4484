import { ComposeBox } from '../../ui/compose-box.tsx';
import { focusInboxList } from './inbox-list.tsx';
import { keepDraft, useDraft } from './inbox-ui.ts';

interface ReplyBoxProps {
  itemId: string;
  label: string;
  /** On the button: `Answer`. */
  send: string;
  mayBeEmpty?: boolean;
  onSend: (text: string) => void;
  children?: React.ReactNode;
}

/** A text for the one who waits. What is written stays with its item until it is sent. */
export function ReplyBox({ itemId, label, mayBeEmpty, children, ...rest }: ReplyBoxProps) {
  const draft = useDraft(itemId);
  return (
    <ComposeBox
      {...rest}
      label={label}
      placeholder={`${label} (r)`}
      value={draft.text}
      onChange={(text) => keepDraft(itemId, { text })}
      busy={false}
      maxLength={20_000}
      mayBeEmpty={mayBeEmpty ?? false}
      onEscape={focusInboxList}
    >
      {children}
    </ComposeBox>
  );
}
