/** How a CLI's screen looks while it asks for a permission: data of its profile. Phrases are as those of `ScreenPhrases`. */

export interface PromptShape {
  /** What is to be used, as rules and risks know it: `shell`, `Edit`, or the CLI's own word for it. */
  readonly tool: string;
  /**
   * What holds it together, at the very end of the screen and from the first column on, where no text of an agent's can stand:
   * `box`: a border all around; `rule`: a line across above it; `open`: from the line that asks on; `line`: that line alone.
   */
  readonly frame: 'box' | 'rule' | 'open' | 'line';
  /** The line that asks. Of several frames of one shape the outermost counts. */
  readonly asks: string;
  /**
   * Where it says what is to be used. `inner`: in a box of its own; `dollar`: behind `$ `; `indented`: three columns in; `above`:
   * right above the line that asks; `all`: anywhere, nothing stands apart.
   */
  readonly what: 'inner' | 'dollar' | 'indented' | 'above' | 'all';
  /** The line that names the file, `*` for its path, where it says one apart. */
  readonly path?: string;
  /** A line that stands for what the CLI leaves out. */
  readonly cut?: string;
  /** What the option's words are that allows once, and that denies. Exactly one option each, or it is not this shape. */
  readonly allow: string;
  readonly deny: string;
  /** Of a `line`: what is typed for them. Options in a list are chosen by their number. */
  readonly keys?: { readonly allow: string; readonly deny: string };
}

/** A prompt that was recognised. */
export interface ScreenPrompt {
  readonly tool: string;
  /** As a hook would tell it: JSON. */
  readonly input: string;
  /** All of it as it stands there, without its frame and without what is chosen just now. What makes it this one and no other. */
  readonly text: string;
  /** Nothing of what is to be used was left out, as far as can be seen. */
  readonly isWhole: boolean;
  /** It is whole and of one line, so that nothing was wrapped: the same words are the same thing. */
  readonly isExact: boolean;
  readonly keys: { readonly allow: string; readonly deny: string };
}
