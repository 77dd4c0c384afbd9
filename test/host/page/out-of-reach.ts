/**
 * Controls of what is on top (a dialog, a menu, else the page) that no scrolling brings wholly into the window, with
 * their edges in CSS pixels. Everything it needs is inside it: it runs in the page.
 */
export function outOfReach(): string[] {
  const top = [...document.querySelectorAll('[role=dialog], [role=alertdialog], [role=menu]')].at(-1) ?? document.body;
  const controls = [...top.querySelectorAll('button, input, select, textarea, a[href], [role=menuitem], [role=tab], [role=row]')];
  return controls
    .filter((control) => control.checkVisibility({ visibilityProperty: true }) && control.closest('[aria-hidden=true]') === null)
    .flatMap((control) => {
      control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      // The page itself does not scroll; a program could move it all the same, and nobody could with a mouse.
      document.documentElement.scrollTop = 0;
      document.body.scrollTop = 0;
      const { top: above, bottom, height } = control.getBoundingClientRect();
      // Half a pixel is rounding.
      const reached = Math.min(bottom, innerHeight) - Math.max(above, 0) >= Math.min(height, innerHeight) - 0.5;
      const name = control.getAttribute('aria-label') ?? control.textContent;
      return reached ? [] : [`${name.slice(0, 60)} ${Math.round(above)} to ${Math.round(bottom)}`];
    });
}
