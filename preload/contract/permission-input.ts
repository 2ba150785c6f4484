/** How long a tool's input may be to be decided on: what is longer nobody reads whole, and its CLI asks by itself. */
export const maxInputChars = 60_000;
