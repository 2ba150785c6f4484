/** One file of a recording while it is written: in order, one write at a time, and given up at the first that fails. */
import { fileNameOf, type PartKey } from './file-names.ts';
import type { RecordingFile, RecordingFiles } from './recording-files.ts';
import { expiredFiles } from './retention.ts';

export interface PartWriterOptions {
  readonly files: RecordingFiles;
  readonly folder: string;
  readonly key: PartKey;
  onWritten(): void;
  /** Once; nothing is written to it after that. */
  onFailed(error: unknown): void;
}

export class PartWriter {
  /** With what is still to be written. */
  sizeBytes = 0;
  /** Characters that are still to be written. */
  waitingChars = 0;
  private readonly options: PartWriterOptions;
  private file: RecordingFile | undefined;
  private isBroken = false;
  /** It has its header. */
  private isBegun = false;
  private last: Promise<void> = Promise.resolve();

  constructor(options: PartWriterOptions) {
    this.options = options;
  }

  /** The file is made with the first of it. */
  append(text: string): void {
    this.sizeBytes += Buffer.byteLength(text);
    this.waitingChars += text.length;
    this.last = this.last.then(() => this.write(text));
  }

  /** After everything that was appended; never rejects. */
  close(): Promise<void> {
    this.last = this.last.then(() => this.release());
    return this.last;
  }

  private async write(text: string): Promise<void> {
    try {
      if (this.isBroken) return;
      this.file ??= await this.create();
      await this.file.append(text);
      this.isBegun = true;
      this.options.onWritten();
    } catch (error) {
      await this.release();
      if (!this.isBegun) await this.removeEmpty();
      this.options.onFailed(error);
    } finally {
      this.waitingChars -= text.length;
    }
  }

  private async create(): Promise<RecordingFile> {
    const { files, folder, key } = this.options;
    const file = await files.create(folder, fileNameOf(key));
    const stored = (await files.list(folder)).filter((one) => one.file !== fileNameOf(key));
    for (const old of expiredFiles(stored, key)) await files.remove(folder, old);
    return file;
  }

  /** A disk that is full for a day must not leave a file for each try. */
  private async removeEmpty(): Promise<void> {
    const { files, folder, key } = this.options;
    await files.remove(folder, fileNameOf(key)).catch(() => undefined);
  }

  private async release(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    this.isBroken = true;
    // What cannot be closed is lost with what it had.
    await file?.close().catch(() => undefined);
  }
}
