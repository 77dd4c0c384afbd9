import { useCallback, useState } from 'react';

function readKept<T>(name: string, otherwise: T, accept: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
    return accept(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

/** State of the view that outlives the window. What does not look as expected is forgotten. */
export function useKept<T>(name: string, otherwise: T, accept: (value: unknown) => value is T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => readKept(name, otherwise, accept));
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      localStorage.setItem(name, JSON.stringify(next));
    },
    [name],
  );
  return [value, keep];
}
