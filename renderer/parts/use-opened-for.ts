import { useEffect, useRef, type RefObject } from 'react';

/**
 * The heading of a section: it is scrolled to and focused where the page was opened for it.
 *
 * @param ready everything stands below it: before, there would be nothing to scroll over
 */
export function useOpenedFor(shown: boolean, ready: boolean): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!shown || !ready) return;
    heading.current?.scrollIntoView({ block: 'start' });
    heading.current?.focus({ preventScroll: true });
  }, [shown, ready]);
  return heading;
}
