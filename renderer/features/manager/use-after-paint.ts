import { useEffect, useState } from 'react';

/** False until the list is on the screen and the window has nothing to do: for what the first picture does not wait for. */
export function useAfterPaint(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const idle = globalThis.requestIdleCallback(() => setPainted(true));
    return () => globalThis.cancelIdleCallback(idle);
  }, []);
  return painted;
}
