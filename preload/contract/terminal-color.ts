/** The one way in which a terminal's colours are named to programs that ask. Without zod: the page reads it too. */
export const terminalColor = /^#[0-9a-f]{6}$/i;
