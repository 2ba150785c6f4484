/**
 * What is to be opened, from wherever it is asked for: the menu, a second start, a folder that was dropped, a link. The
 * repository is opened in this process, and a window shows it; what cannot be opened is told, and nothing else changes.
 */
import type { OpenProject } from '../../preload/contract/bridge.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import { linkExample, parseDeepLink } from './deep-link.ts';
import type { DesktopMemory } from './desktop-memory.ts';
import type { ElectronParts } from './electron-parts.ts';
import { addRecent, readRecent } from './recent.ts';
import type { Windows } from './windows.ts';

export interface OpeningsOptions {
  readonly electron: Pick<ElectronParts, 'app' | 'dialog'>;
  readonly windows: Windows;
  readonly memory: DesktopMemory;
  readonly log: Logger;
  /** The same project when it is open already. Throws REPOSITORY_*, LOG_DAMAGED, STORE_FAILED. */
  open(folder: string): Promise<OpenProject>;
  projects(): readonly OpenProject[];
  /** Told when there is another repository to come back to. */
  onRecent(): void;
}

export class Openings {
  private readonly options: OpeningsOptions;

  constructor(options: OpeningsOptions) {
    this.options = options;
  }

  /** Resolves when it is shown, or when the reason was told why not. */
  async folder(folder: string, hash = ''): Promise<void> {
    const { windows, log, electron } = this.options;
    try {
      const project = await this.options.open(folder);
      this.remember(project);
      windows.show(project, hash);
    } catch (error) {
      log.warn({ folder, reason: reasonOf(error) }, 'a repository could not be opened');
      electron.dialog.showErrorBox('This cannot be opened', reasonOf(error));
    }
  }

  async link(text: string): Promise<void> {
    const link = parseDeepLink(text);
    if (link === undefined) return this.refuse(text, `A link has the form ${linkExample}.`);
    const { repo, hash } = link;
    const shown = this.shown();
    if (repo === undefined && shown !== undefined) return this.options.windows.show(shown, hash);
    // Whoever wrote the link does not choose what is opened on this machine.
    const known = [
      ...this.options.projects().map(({ root }) => root),
      ...readRecent(this.options.memory),
    ];
    if (repo !== undefined && known.includes(repo)) return this.folder(repo, hash);
    this.refuse(
      text,
      `It names ${repo ?? 'no repository'}, which was not opened before. Open it from the menu first.`,
    );
  }

  /** One more window of the repository that is shown. */
  another(): void {
    const shown = this.shown();
    if (shown !== undefined) this.options.windows.open(shown);
  }

  /** Of the page, where a repository is shown. */
  place(hash: string): void {
    const shown = this.shown();
    if (shown !== undefined) this.options.windows.show(shown, hash);
  }

  /** The project of the newest window; without one, the first that was opened. */
  shown(): OpenProject | undefined {
    const all = this.options.projects();
    const id = this.options.windows.shown();
    return all.find((one) => one.id === id) ?? all[0];
  }

  remember({ root }: OpenProject): void {
    const { memory, electron, onRecent } = this.options;
    addRecent(memory, root);
    electron.app.addRecentDocument(root);
    onRecent();
  }

  private refuse(text: string, why: string): void {
    const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
    this.options.log.warn({ link: shown }, 'a link was refused');
    this.options.electron.dialog.showErrorBox('This link opens nothing', `${shown}\n\n${why}`);
  }
}

/** Asks for a folder; undefined when they would rather not. */
export async function chooseFolder(
  dialog: Pick<ElectronParts['dialog'], 'showOpenDialog'>,
): Promise<string | undefined> {
  const { filePaths } = await dialog.showOpenDialog({
    title: 'Open a git repository',
    buttonLabel: 'Open',
    properties: ['openDirectory'],
  });
  return filePaths[0];
}
