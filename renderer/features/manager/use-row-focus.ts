import {
  useCallback,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type Dispatch,
  type FocusEvent,
  type Ref,
  type RefObject,
  type SetStateAction,
} from 'react';
import type { GridHandle } from './grid.tsx';
import { reach, type Selection } from './selection.ts';

export interface RowFocusOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly activeIndex: number;
  readonly scrollTo: (index: number) => void;
  readonly ref: Ref<GridHandle>;
  readonly setSelection: Dispatch<SetStateAction<Selection>>;
  readonly rowKeys: readonly string[];
}

/** Keeps the keyboard's focus on the active row: after a key, after a filter, and when the row under it has gone. */
export function useRowFocus({ scroller, activeIndex, scrollTo, ref, setSelection, rowKeys }: RowFocusOptions) {
  const wanted = useRef(false);
  const inside = useRef(false);
  const asked = useRef<string | null>(null);
  const want = useCallback(() => {
    wanted.current = true;
  }, []);

  const settle = useEffectEvent(() => {
    const { current: key } = asked;
    if (key !== null && rowKeys.includes(key)) {
      asked.current = null;
      wanted.current = true;
      setSelection((was) => reach(was, key, 'only', rowKeys));
      return;
    }
    const lost = inside.current && document.activeElement === document.body;
    if ((!wanted.current && !lost) || activeIndex < 0) return;
    wanted.current = false;
    // A dialog was opened meanwhile: it has the focus, and closing it asks for the row again.
    if (document.activeElement?.closest('[aria-modal=true]')) return;
    scrollTo(activeIndex);
    scroller.current?.querySelector<HTMLElement>('[data-key][tabindex="0"]')?.focus({ preventScroll: true });
  });
  useLayoutEffect(() => settle());

  useImperativeHandle(
    ref,
    () => ({
      focus: (key) => {
        if (key !== undefined) asked.current = key;
        wanted.current = true;
        // Settled after the drawing that this causes; a row that is not there yet is waited for.
        setSelection((was) => ({ ...was }));
      },
    }),
    [setSelection],
  );

  return {
    want,
    handlers: {
      onFocus: (event: FocusEvent) => {
        const key = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]')?.dataset['key'] : undefined;
        inside.current = key !== undefined;
        // The focus comes into a list without a selection: what it stands on is what Enter and Delete mean.
        if (key !== undefined)
          setSelection((was) => (was.selected.size === 0 && rowKeys.includes(key) ? reach(was, key, 'only', rowKeys) : was));
      },
      // Without a next element the row itself has gone: the focus is taken up again.
      onBlur: (event: FocusEvent) => {
        if (event.relatedTarget !== null) inside.current = false;
      },
    },
  };
}
