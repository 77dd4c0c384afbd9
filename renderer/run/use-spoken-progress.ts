import { useEffect, useRef } from 'react';
import { useAnnounce } from '../parts/announce.tsx';
import type { Line } from './lines.ts';

/** Milliseconds in which what happens is said together: each announcement cuts the one before it off. */
const breath = 400;

const isOver = ({ outcome }: Line) => outcome === 'done' || outcome === 'refused';

/** Each change that was made is said, and last what is going on; headings say the rest when they take the focus. */
export function useSpokenProgress(lines: readonly Line[]): void {
  const announce = useAnnounce();
  const latest = useRef(lines);
  const said = useRef(0);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => {
    // With the page the lines go; what was made last is still said.
    if (lines.length === 0) return;
    // Another run begins anew.
    if (lines.filter(isOver).length < said.current) said.current = 0;
    latest.current = lines;
    if (timer.current !== undefined) return;
    timer.current = globalThis.setTimeout(() => {
      timer.current = undefined;
      const made = latest.current.filter(isOver);
      const last = latest.current.at(-1);
      const fresh = made.slice(said.current);
      said.current = made.length;
      const texts = [...fresh, ...(last === undefined || isOver(last) ? [] : [last])].map(({ text }) => text);
      if (texts.length > 0) announce(texts.join('. '));
    }, breath);
  }, [lines, announce]);
  useEffect(() => () => globalThis.clearTimeout(timer.current), []);
}
