/**
 * Texts in sight of which a part cannot be seen: cut off by a box that does not scroll, by the window, or sticking out
 * of its own button. Everything it needs is inside it: it runs in the page.
 */
export function clippedTexts(): string[] {
  const slack = { x: 1.5, y: 4 };
  const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
  const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip';

  /** The one box, from the text outwards, that cuts it; null when none does. */
  function cutter(parent: Element, rects: readonly DOMRect[]): string | null {
    let open = { x: true, y: true };
    for (let box: Element | null = parent; box !== null; box = box.parentElement) {
      const style = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      if (style.clipPath === 'inset(50%)') return null; // for screen readers alone
      const beyondX = rects.some((rect) => rect.left < edge.left - slack.x || rect.right > edge.right + slack.x);
      const beyondY = rects.some((rect) => rect.top < edge.top - slack.y || rect.bottom > edge.bottom + slack.y);
      const control = box.matches('button, [role=menuitem], [role=columnheader], [role=tab]');
      if (open.x && beyondX && (control || cuts(style.overflowX))) return `${box.tagName}.${box.className} across`;
      if (open.y && beyondY && (control || cuts(style.overflowY))) return `${box.tagName}.${box.className} down`;
      if (style.textOverflow === 'ellipsis' && cuts(style.overflowX) && box.scrollWidth > box.clientWidth + 1)
        return `${box.tagName} ends in …`;
      open = { x: open.x && !scrolls(style.overflowX), y: open.y && !scrolls(style.overflowY) };
      if (style.position === 'fixed') break;
    }
    return open.x && rects.some((rect) => rect.left < -slack.x || rect.right > innerWidth + slack.x) ? 'the window' : null;
  }

  const found: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const parent = node.parentElement;
    const text = (node.textContent ?? '').trim();
    if (parent === null || text === '' || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    // Columns can be made wider, and their whole text is a tooltip.
    if (parent.closest('[role=gridcell][title], [role=rowheader][title], [role=columnheader] [title]') !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
    const by = rects.length === 0 ? null : cutter(parent, rects);
    if (by !== null) found.push(`${text} (${by})`);
  }
  return found;
}
