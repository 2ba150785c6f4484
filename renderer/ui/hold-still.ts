/** Keeps what is looked at where it is on the screen while others come and go above it. */

export interface Held {
  readonly element: Element;
  /** Where it was. */
  readonly top: number;
}

export function holdOf(element: Element | undefined): Held | undefined {
  return element && { element, top: element.getBoundingClientRect().top };
}

/** By scrolling, and with room at either end where there is too little to scroll. */
export function holdStill({ element, top }: Held): void {
  const scroller = element.closest<HTMLElement>('[data-scroller]');
  if (!scroller) return;
  const wanted = scroller.scrollTop + element.getBoundingClientRect().top - top;
  // Less than nothing where it is not filled.
  const most = contentHeight(scroller) - scroller.clientHeight;
  if (wanted < 0) addPadding(scroller, 'paddingTop', -wanted);
  if (wanted > most) addPadding(scroller, 'paddingBottom', wanted - most);
  scroller.scrollTop = wanted;
}

function contentHeight(scroller: HTMLElement): number {
  const end = scroller.lastElementChild?.getBoundingClientRect().bottom ?? 0;
  const room = Number.parseFloat(scroller.style.paddingBottom || '0');
  return end - scroller.getBoundingClientRect().top + scroller.scrollTop + room;
}

/** Nothing is looked at any more: the room is given back. */
export function letGo(root: HTMLElement | null): void {
  const scroller = root?.querySelector<HTMLElement>('[data-scroller]');
  if (scroller) scroller.style.padding = '';
}

function addPadding(scroller: HTMLElement, side: 'paddingTop' | 'paddingBottom', px: number): void {
  scroller.style[side] = `${Number.parseFloat(scroller.style[side] || '0') + px}px`;
}
