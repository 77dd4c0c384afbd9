import { useLayoutEffect, useState, type RefObject } from 'react';

/** Pixels inside an element, without its scroll bar, as they change; until it is drawn, those of the window. */
export function useInnerWidth(of: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(globalThis.innerWidth);
  useLayoutEffect(() => {
    const element = of.current;
    if (element === null) return undefined;
    const measure = () => setWidth(element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [of]);
  return width;
}
