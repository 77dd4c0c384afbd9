import { Tooltip } from '@fluentui/react-components';
import { useEffect, useState } from 'react';

/** Milliseconds: longer than other hints wait, for whoever only passes by. */
const after = 600;

export interface FilterHintProps {
  readonly below: HTMLElement;
  readonly text: string;
}

/** What can be typed into the filter: shown some time after this was drawn, until Escape. */
export function FilterHint({ below, text }: FilterHintProps) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = globalThis.setTimeout(() => setShown(true), after);
    return () => globalThis.clearTimeout(timer);
  }, []);
  return (
    <Tooltip
      content={text}
      relationship="inaccessible"
      positioning={{ target: below, position: 'below', align: 'end' }}
      visible={shown}
      onVisibleChange={(_, { visible }) => (visible ? undefined : setShown(false))}
    />
  );
}
