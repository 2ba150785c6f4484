/** The numbers of recordings, each with its unit and what it trades. */

const mebi = 1024 * 1024;

/** Output is written this long after it came, milliseconds: what a `kill -9` of the host may cost. */
export const writeMs = 1000;
/** Output that waits is written sooner than that beyond this many characters: a flood makes a megabyte in 20 ms. */
export const writeChars = mebi;
/** What may wait for a slow disk, in characters; what comes on top is left out, and a mark says so. */
export const maxWaitingChars = 4 * mebi;
/** Output this close together is one event, milliseconds: less than a frame, and a tenth of the lines. */
export const joinMs = 10;
/** Longest text of one event, in characters: a line of the file stays below 100 KiB, however much of it is escaped. */
export const eventChars = 16 * 1024;

/** A file that has this many bytes is followed by the next. A screen with a full scrollback is 0.6 MB of it. */
export const partBytes = 8 * mebi;
/** Of one terminal, in bytes; its oldest files go first. */
export const terminalBytes = 64 * mebi;
/** Of all terminals of a project, in bytes and in files; the oldest files go first, and the newest of each terminal last. */
export const projectBytes = 1024 * mebi;
export const projectFiles = 2000;

/** A disk with less room than this is full for recordings, in bytes: the log of the hub may lie on it, and comes first. */
export const reserveBytes = 64 * mebi;

/**
 * A program that writes without end would wear the disk out for a recording nobody could watch. Beyond a burst of so
 * many bytes it is recorded at no more than this rate; what is left out shows as a mark, and the screen after it is whole.
 */
export const burstBytes = 32 * mebi;
export const steadyBytesPerSecond = mebi;
/** How much must be allowed again before recording goes on, in bytes: a whole screen each time is not for free. */
export const resumeBytes = 4 * mebi;

/** After a disk that failed: how soon it is tried again, from the first to the last, milliseconds. */
export const retryMs = { first: 5_000, last: 60_000 };

/** What a terminal's end waits for its recording, milliseconds: a disk may hang. */
export const lastWriteMs = 2000;

/** Columns or rows of a screen that is read from a file: as many as a page can ask for. */
export const maxPlayedCells = 1000;

/** What a reader takes from a file at once, in bytes: it holds the loop for some milliseconds. */
export const pageBytes = 256 * 1024;
