/** What a copy of the terminal host's program consists of, and what it is called. Pure. */
import { createHash } from 'node:crypto';

/** In the copy; not the app's own name: an installer ends whatever runs by that. */
export function programIn(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'musher-terminals.exe' : 'musher-terminals';
}

/** Where the code is in it. */
export const codeFolder = 'app';
/** Beside the files: their sizes and sums. */
export const listName = 'files.json';
export const hostScript = `${codeFolder}/dist/main/terminal-host-process.js`;

/** Drawing: loaded by Electron's process for that, and by none that runs as Node. */
const forDrawing = /^(lib)?(EGL|GLESv2|vk_swiftshader|vulkan|d3dcompiler\w*|dxil|dxcompiler)\b/i;
const library = { win32: /\.dll$/i, other: /\.so(\.\d+)*$/ };
/** Electron as Node reads ICU's data and a snapshot of V8's heap before any script. */
const data = /^(icudtl\.dat|.*snapshot.*\.bin)$/;
const licence = /^LICENSES?\b/;

/** `name`: of a file beside the app's program. */
export function isOfProgram(name: string, program: string, platform: NodeJS.Platform): boolean {
  if (name === program || data.test(name) || licence.test(name)) return true;
  const isLibrary = library[platform === 'win32' ? 'win32' : 'other'].test(name);
  return isLibrary && !forDrawing.test(name);
}

/** `file`: from the root of the installation, with `/`. All that runs as Node, and nothing of the page. */
export function isOfCode(file: string): boolean {
  if (file.endsWith('.map')) return false;
  return /^(package\.json|LICENSE|dist\/THIRD-PARTY-NOTICES\.txt|(dist\/main|node_modules)\/.+)$/.test(
    file,
  );
}

/** Folders that can hold some of it. */
export function mayHoldCode(folder: string): boolean {
  return folder === 'dist' || /^(dist\/main|node_modules)(\/|$)/.test(folder);
}

export interface CopyFile {
  /** From the copy's folder, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Programs are started, everything else is read. */
export function modeOf(file: string, platform: NodeJS.Platform): number {
  return file === programIn(platform) || /(\.exe|\/spawn-helper)$/.test(file) ? 0o700 : 0o600;
}

/** `facts`: by which one build is told from another without reading all of it. */
export function copyName(version: string, facts: readonly string[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([...facts].sort()))
    .digest('hex');
  return `${version.replace(/[^\w.+-]/g, '_')}-${hash.slice(0, 16)}`;
}

/** Names that are no copy, or none yet, or none any more: whoever finds one may take it away. */
export const passing = { making: '.new-', going: '.old-' } as const;

/** So that a process takes away none that it makes at that moment. */
export function ownMaking(pid: number): string {
  return `${passing.making}${pid}-`;
}

export interface Found {
  /** What lies in the folder of copies. */
  readonly names: readonly string[];
  /** Of this version. */
  readonly current: string | undefined;
  /** How names begin that this process makes now. */
  readonly making: string;
  /** Of copies that programs run from. */
  readonly used: ReadonlySet<string>;
}

export function copiesToRemove({ names, current, used, making }: Found): readonly string[] {
  return names.filter((name) => name !== current && !used.has(name) && !name.startsWith(making));
}

/** The copy that `program` runs from; undefined: none in that folder. */
export function copyOf(
  program: string,
  folder: string,
  platform: NodeJS.Platform,
): string | undefined {
  const even = (path: string) =>
    platform === 'win32' ? path.replaceAll('\\', '/').toLowerCase() : path;
  const start = `${even(folder).replace(/\/$/, '')}/`;
  if (!even(program).startsWith(start)) return undefined;
  const [name] = program.slice(start.length).split(/[/\\]/);
  return name === '' ? undefined : name;
}

/**
 * An installer on Windows ends every program whose path begins with that of its folder: letters, not folders. What lies there would be no
 * better off than the app.
 */
export function isWithInstaller(folder: string, programFolder: string): boolean {
  const even = (path: string) => path.replaceAll('\\', '/').toLowerCase();
  return even(folder).startsWith(even(programFolder));
}
