import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { useNavigation } from '../../parts/routes.tsx';
import type { GridHandle } from './grid.tsx';

/** On a page without a list: Undo, or the first way to begin. Lost focus would leave a screen reader behind the dialog that was closed. */
function focusStart() {
  if (document.activeElement === document.body) document.querySelector<HTMLElement>('main button')?.focus();
}

/** Where the focus goes: to the row that was just made, else back to what opened the dialog or page, else into the list. */
export type ManagerFocus = ReturnType<typeof useManagerFocus>;

export function useManagerFocus() {
  const { route } = useNavigation();
  const grid = useRef<GridHandle>(null);
  /** The row that is to have the focus once there is a list, at the start the first; null = nobody asked for it. */
  const pending = useRef<{ readonly key: string | undefined } | null>({ key: undefined });
  const filterRef = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLElement | null>(null);

  const actions = useMemo(
    () => ({
      gridRef: (handle: GridHandle | null) => {
        grid.current = handle;
        if (handle === null) globalThis.setTimeout(focusStart);
        else if (pending.current !== null) handle.focus(pending.current.key);
        pending.current = null;
      },
      filterRef,
      /** Remembers what has the focus, before something else gets it. */
      leave: () => {
        opener.current =
          document.activeElement instanceof HTMLElement && document.activeElement !== document.body ? document.activeElement : null;
      },
      /** After the dialog has let go of the focus. */
      comeBack: () =>
        globalThis.setTimeout(() => {
          const { current: back } = opener;
          opener.current = null;
          if (back !== null && back.isConnected && back.dataset['key'] === undefined) back.focus();
          if (back !== null && document.activeElement === back) return;
          if (grid.current === null) focusStart();
          else grid.current.focus();
        }),
      row: (key?: string) => {
        if (grid.current === null) pending.current = { key };
        else grid.current.focus(key);
      },
      filter: () => {
        filterRef.current?.focus();
        filterRef.current?.select();
      },
    }),
    [],
  );

  const arrive = useEffectEvent(() => {
    if (route.at !== 'manager') return undefined;
    if (route.select === null) return actions.comeBack();
    const { select } = route;
    // The dialog's own return of the focus comes first; a list that was empty draws its grid meanwhile.
    return globalThis.setTimeout(() => actions.row(select), 50);
  });
  useEffect(() => {
    const timer = arrive();
    // Whoever opens the next dialog at once is in it: the focus must not follow behind it.
    return () => globalThis.clearTimeout(timer);
  }, [route]);
  return actions;
}
