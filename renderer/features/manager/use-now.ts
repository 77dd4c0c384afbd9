import { useEffect, useState } from 'react';

/** The time in milliseconds since the epoch, renewed every minute: nothing in the list is told finer. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = globalThis.setInterval(() => setNow(Date.now()), 60_000);
    return () => globalThis.clearInterval(timer);
  }, []);
  return now;
}
