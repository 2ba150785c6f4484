/** The numbers of the terminal host, each with its unit and what it trades. */

/** Output that may be unparsed by a viewer or by the mirror before the program is made to wait. */
export const highWaterBytes = 256 * 1024;
/** The program goes on when everybody is below this. Low enough that pausing is not a flutter. */
export const lowWaterBytes = 32 * 1024;
/**
 * A pause is said again this often, which heals one that was undone behind our back; and looked at this often, for
 * whoever holds it up.
 */
export const repauseMs = 250;
/**
 * A viewer that holds the program up and parses nothing for this long is let go of, and gets the screen anew when it
 * has parsed what it had. A page that draws parses every few milliseconds; one out of sight is let run once a second,
 * later once a minute, and a program must not run at that pace.
 */
export const lagMs = 500;

/** Output is collected at most this long, and at most this much, before it goes to the viewers. */
export const batchMs = 2;
export const batchBytes = 64 * 1024;
/** Output up to this size, this soon after input, is an echo and goes out at once. */
export const echoBytes = 1024;
export const echoMs = 100;

/** Lines above the screen that are kept: about 7 MB for a full terminal of 120 columns. */
export const scrollbackLines = 5000;
/** What a mirror parses in one go; other terminals have their turn in between (about 2 ms). */
export const mirrorSliceBytes = 64 * 1024;
/** What taking a screen may have of one turn of the loop, milliseconds: a full scrollback takes 60 and more. */
export const screenSliceMs = 4;
/**
 * What a viewer is given of the screen with its scrollback, and of the other one beside it (an alternate has no scrollback), bytes. A full
 * scrollback of 120 columns, each cell in a colour of its own, takes 25 MB; a link of 4,000 characters for each of its cells, gigabytes.
 * Beyond, the oldest lines are left out. Both have to fit into one frame (`maxFrameBytes`).
 */
export const maxScreenBytes = { normal: 40 * 1024 * 1024, alternate: 16 * 1024 * 1024 } as const;
/** The same for one that watches from another machine: some thousand lines, and a second of a slow link. */
export const watchedScreenBytes = { normal: 768 * 1024, alternate: 512 * 1024 } as const;
/** Longest unfinished control sequence that a new viewer gets in full; of a longer one only its head. */
export const maxTailBytes = 64 * 1024;

/** Characters of a title that are kept; a program may say ten million. */
export const maxTitleLength = 1000;

/** Input that a program has not read yet. What comes on top is refused: somebody types into a dead program. */
export const maxInputBytes = 4 * 1024 * 1024;
/**
 * A paste of which the program takes nothing for this long is given up, milliseconds: what is typed waits behind it. The
 * kernel alone takes some KiB, so that a program which computes for a while gets a short one.
 */
export const unreadMs = 10_000;
/** One that a program reads slowly may take so long in all, milliseconds; who asked waits 60,000. */
export const pasteMs = 50_000;
/** How soon a full pty is tried again: from the first to the last. */
export const inputRetryMs = { first: 2, last: 50 };
/**
 * Enter comes this long after pasted text is on the screen. Sooner, agents take it for a part of the paste: Gemini CLI for 40 ms
 * and until it has drawn again.
 */
export const enterDelayMs = 200;
/**
 * Pasted text that is not on the screen after this long, milliseconds: a program with a prompt of its own (bracketed paste) gets no
 * Enter for it, as something else would take it; another one, which may show nothing of what it reads, gets it all the same.
 */
export const unshownMs = 3_000;
/** How often the screen is looked at for it. A look costs the text of one screen. */
export const showLookMs = 25;

/** Last output is read until the pty was quiet for this long after the program's end… */
export const lastOutputQuietMs = 20;
/** …or at most this long: a grandchild may hold the pty open for ever. */
export const lastOutputMs = 2000;

/** Screens of exited terminals that are kept; the oldest go first. */
export const maxExited = 50;
/** Ended terminals whose last screen can be read from their recording; the oldest go first. */
export const maxRecordedEnds = 200;
/** For reading one, milliseconds. A full file takes 600, and the hub waits 30,000 for an answer. */
export const lastScreenMs = 5000;
/** Ends of programs that are remembered, for a hub that was away; the oldest go first. */
export const maxEnds = 1000;
/** Time that leftovers of a program which ended by itself, or at dispose, have to end. */
export const leftoverGraceMs = 2000;

/** A program whose parent is gone is looked at this often, milliseconds: nobody else tells its end. */
export const adoptedLookMs = 1000;
