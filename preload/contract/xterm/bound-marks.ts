/**
 * How much may join the character of one cell. xterm puts no bound to it: a million accents on one letter stay in memory, once for
 * each terminal that shows it, and are printed anew into every screen that is restored. Text needs a handful.
 */

/** UTF-16 units of one cell, the character included; half of them where each mark takes two. What is more is left out. */
const mostUnits = 32;
/** From here on V8 keeps a chain of all that was added, thirty times as large as the text. */
const chainedUnits = 13;

/** The prototype of xterm's lines. */
export interface LinePrototype {
  readonly _combined: { [column: number]: string };
  getString(column: number): string;
  addCodepointToCell(column: number, codePoint: number, width: number): void;
}

export function boundMarks(prototype: LinePrototype): void {
  const add = prototype.addCodepointToCell;
  prototype.addCodepointToCell = function (this: LinePrototype, ...args) {
    const [column] = args;
    const { length } = this.getString(column);
    if (length >= mostUnits) return;
    add.apply(this, args);
    if (length < chainedUnits - 1) return;
    this._combined[column] = [...this.getString(column)].join('');
  };
}
