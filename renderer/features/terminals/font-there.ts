/** Whether a font is installed: a browser tells nobody, but a text is as wide in it whatever would stand in for it. */
import { toFontFamily } from './terminal-look.ts';

const sample = 'mmmmiiiiWWWW10';

export function isFontThere(font: string): boolean {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return true;
  const widthBefore = (standIn: string) => {
    context.font = `40px ${toFontFamily(font, standIn)}`;
    return context.measureText(sample).width;
  };
  return widthBefore('monospace') === widthBefore('serif');
}
