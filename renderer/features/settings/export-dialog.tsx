import { Copy, Download } from 'lucide-react';
import { useQuery } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { LeftOut } from './left-out.tsx';

const everything = {};

/** The operator's own settings as a document to take away. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { result: made, error, reload } = useQuery('settings.export', everything);
  const text = made === undefined ? '' : JSON.stringify(made, undefined, 2);
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    Object.assign(document.createElement('a'), {
      href: url,
      download: 'musher-settings.json',
    }).click();
    URL.revokeObjectURL(url);
  };
  const copy = () =>
    void copyText(text, {
      done: 'Copied the settings.',
      failed: 'This page may not use the clipboard; save them as a file.',
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Export your own settings"
      description="To be imported on another machine. The repository’s file goes with the repository."
      width="wide"
      footer={
        <>
          <Button icon={Copy} disabled={made === undefined} onClick={copy}>
            Copy
          </Button>
          <Button look="primary" icon={Download} disabled={made === undefined} onClick={save}>
            Save as a file
          </Button>
        </>
      }
    >
      {error && <FailedLine error={error} onRetry={reload} />}
      {made && <LeftOut keys={made.leftOut} />}
      <TextArea
        label="Settings"
        hideLabel
        readOnly
        rows={16}
        className="font-mono text-sm"
        value={text}
      />
    </Dialog>
  );
}
