const hour = 60 * 60 * 1000;
const day = 24 * hour;

/**
 * Works now and once a day while the window is open. Asked every hour, because a timer of a day does not count the hours
 * a PC sleeps.
 *
 * @returns ends it
 */
export function everyDay(work: () => Promise<void>, now: () => Date): () => void {
  let worked = now().getTime();
  void work();
  const timer = setInterval(() => {
    if (now().getTime() - worked < day) return;
    worked = now().getTime();
    void work();
  }, hour);
  timer.unref();
  return () => clearInterval(timer);
}
