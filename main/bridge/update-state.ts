/** How far an update is, in words; and what an update does to agents, by system. Pure. */

export type UpdateState =
  | { readonly kind: 'idle' | 'checking' | 'newest' }
  /** `percent`: 0 to 100. */
  | { readonly kind: 'downloading'; readonly version: string; readonly percent: number }
  /** Fetched and checked. */
  | { readonly kind: 'ready'; readonly version: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** As electron-updater hands them over: HTML, or one for each version. */
export type ReleaseNotes =
  | string
  | null
  | ReadonlyArray<{ readonly version: string; readonly note: string | null }>
  | undefined;

/** What is kept of them, characters. */
const longest = 4_000;

export interface UpdateWays {
  /** The files of a program that runs can be replaced: agents go on meanwhile. */
  readonly agentsGoOn: boolean;
  /** It asks for no password: fit for the end of the app. */
  readonly isQuiet: boolean;
}

/** How it stands with the terminal host that lives now. */
export interface AgentsApart {
  /** It runs from a copy of its own: no update touches it. */
  readonly isApart: boolean;
  /** Why there is no copy, where that is known. */
  readonly why?: string | undefined;
}

/**
 * Agents live in the terminal host. Where it runs from the app's program they go on as this says: Windows replaces no file that runs, and an
 * AppImage is gone with its mount; a package of the system asks for a password.
 */
export function updateWays(platform: NodeJS.Platform, isAppImage: boolean): UpdateWays {
  const isPackage = platform === 'linux' && !isAppImage;
  return { agentsGoOn: platform === 'darwin' || isPackage, isQuiet: !isPackage };
}

/** Of the menu's item; it can be clicked where something follows. */
export function sayUpdate(state: UpdateState): {
  readonly label: string;
  readonly enabled: boolean;
} {
  switch (state.kind) {
    case 'checking':
      return { label: 'Checking for Updates…', enabled: false };
    case 'downloading':
      return {
        label: `Fetching Musher ${state.version}: ${Math.floor(state.percent)} %`,
        enabled: false,
      };
    case 'ready':
      return { label: `Restart to Update to ${state.version}…`, enabled: true };
    default:
      return { label: 'Check for Updates…', enabled: true };
  }
}

/** Tags go, what they part stays apart. */
export function plainNotes(notes: ReleaseNotes): string {
  const text = Array.isArray(notes)
    ? notes.map(({ version, note }) => `${version}\n${note ?? ''}`).join('\n\n')
    : String(notes ?? '');
  const plain = text
    .replace(/<li[^>]*>/gi, '\n• ')
    .replace(/<\/(p|h[1-6]|ul|ol|div)>|<br[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}

const entities: Readonly<Record<string, string>> = {
  ...{ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' },
};
