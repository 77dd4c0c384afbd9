import { useEffect, useRef } from 'react';
import { useGridStyles } from './grid-styles.ts';

export interface TickBoxProps {
  /** `some`: of those it stands for. */
  readonly ticked: 'all' | 'some' | 'none';
  readonly label: string;
}

/** The checkbox of a row, a group or all of them. Clicks are the list’s; the keyboard ticks the row by the space bar. */
export function TickBox({ ticked, label }: TickBoxProps) {
  const styles = useGridStyles();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = ticked === 'some';
  }, [ticked]);
  return (
    <span className={styles.tick} data-tick>
      <input ref={box} type="checkbox" tabIndex={-1} readOnly checked={ticked === 'all'} aria-label={label} className={styles.box} />
    </span>
  );
}
