import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { useNavigation } from '../../app/routes.tsx';
import type { GridHandle } from './grid.tsx';

/** Where the focus goes: to the row that was just made, else back to what opened the dialog or page, else into the list. */
export function useManagerFocus() {
  const { route } = useNavigation();
  const gridRef = useRef<GridHandle>(null);
  const filterRef = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLElement | null>(null);

  const actions = useMemo(
    () => ({
      gridRef,
      filterRef,
      /** Remembers what has the focus, before something else gets it. */
      leave: () => {
        opener.current = document.activeElement instanceof HTMLElement && document.activeElement !== document.body ? document.activeElement : null;
      },
      /** After the dialog has let go of the focus. */
      comeBack: () => {
        globalThis.setTimeout(() => {
          const { current: back } = opener;
          opener.current = null;
          if (back !== null && back.isConnected && back.dataset['key'] === undefined) back.focus();
          if (back === null || document.activeElement !== back) gridRef.current?.focus();
        });
      },
      row: (key?: string) => gridRef.current?.focus(key),
      filter: () => {
        filterRef.current?.focus();
        filterRef.current?.select();
      },
    }),
    [],
  );

  const arrive = useEffectEvent(() => {
    if (route.at !== 'manager') return;
    if (route.select === null) actions.comeBack();
    // The dialog's own return of the focus comes first; a list that was empty draws its grid meanwhile.
    else globalThis.setTimeout(() => actions.row(route.at === 'manager' ? (route.select ?? undefined) : undefined), 50);
  });
  useEffect(() => arrive(), [route]);
  return actions;
}
