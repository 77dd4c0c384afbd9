/** In the page: title and buttons of the dialog on top that do not stand wholly in the window, whatever was scrolled. */
export function outOfSight(): string[] {
  const body = [...document.querySelectorAll('.fui-DialogBody')].at(-1);
  const content = body?.querySelector('.fui-DialogContent');
  // To its end and back: what is fixed stays where it is.
  content?.scrollTo(0, content.scrollHeight);
  const fixed = body === undefined ? [] : [...body.querySelectorAll('.fui-DialogTitle, :scope > :last-child button')];
  return fixed
    .filter((element) => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      return top < 0 || left < 0 || bottom > globalThis.innerHeight + 1 || right > globalThis.innerWidth + 1;
    })
    .map((element) => element.textContent);
}
