/** Tracked files of the repository, for the palette: found by the hub while one types, and opened in the operator's editor. */
import { Copy, FileCode, SquareArrowOutUpRight } from 'lucide-react';
import { useHub } from '../../hub/hub-context.tsx';
import { runCommand } from '../../hub/use-command.ts';
import type {
  PaletteItem,
  PaletteSource,
  PaletteVerb,
} from '../../shell/palette/palette-source.ts';
import { useAsked } from '../../shell/palette/use-asked.ts';
import { copyText } from '../../ui/copy-text.ts';

export const fileSource: PaletteSource = {
  ...{ id: 'files', title: 'Files', icon: FileCode, prefix: '/' },
  useFound: (typed) => useAsked(byName, typed),
  recall: toItem,
  useOpen: useOpenFile,
  useVerbs: useFileVerbs,
};

const leastChars = 2;
const mostFiles = 60;

const byName = {
  type: 'file.find' as const,
  toData: (text: string) => (text.length < leastChars ? undefined : { text, limit: mostFiles }),
  toItems: ({ files }: { files: readonly string[] }) => files.map(toItem),
} satisfies Parameters<typeof useAsked<'file.find'>>[0];

function toItem(path: string): PaletteItem {
  return { id: path, title: path, mainAt: path.lastIndexOf('/') + 1 };
}

function useOpenFile(): (path: string) => void {
  const { bridge } = useHub();
  return (path) => void runCommand(bridge, 'editor.open', { path });
}

function useFileVerbs(path: string): readonly PaletteVerb[] {
  const open = useOpenFile();
  return [
    {
      ...{ id: 'open', title: 'Open in your editor', icon: SquareArrowOutUpRight },
      run: () => open(path),
    },
    { id: 'copy', title: 'Copy its path', icon: Copy, run: () => copyText(path) },
  ];
}
