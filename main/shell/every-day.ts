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
    const age = now().getTime() - worked;
    // A time that is still to come was another clock's.
    if (age >= 0 && age < day) return;
    worked = now().getTime();
    void work();
  }, hour);
  timer.unref();
  return () => clearInterval(timer);
}
