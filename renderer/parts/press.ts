let pressed = false;
let waiting: (() => void)[] = [];

function release(): void {
  pressed = false;
  const acts = waiting;
  waiting = [];
  // After the click that this press becomes.
  globalThis.setTimeout(() => acts.forEach((act) => act()));
}

globalThis.addEventListener('pointerdown', () => void (pressed = true), true);
globalThis.addEventListener('pointerup', release, true);
globalThis.addEventListener('pointercancel', release, true);

/**
 * Acts at once, or when the pointer is released: a sentence that appears while a button is pressed would move the
 * button from under the pointer, and the click would be lost.
 */
export function afterPress(act: () => void): void {
  if (pressed) waiting.push(act);
  else act();
}
