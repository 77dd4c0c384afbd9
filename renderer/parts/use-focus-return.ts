import { useEffect, useRef, type RefObject } from 'react';

/**
 * Brings the focus back to a button when the dialog that it opened has gone. Fluent restores it to triggers that are
 * still there; a menu item is not.
 *
 * @param away true while that dialog is open
 * @returns for the element around the button
 */
export function useFocusReturn<T extends HTMLElement>(away: boolean): RefObject<T | null> {
  const around = useRef<T>(null);
  const wasAway = useRef(away);
  useEffect(() => {
    if (wasAway.current && !away) around.current?.querySelector('button')?.focus();
    wasAway.current = away;
  }, [away]);
  return around;
}
