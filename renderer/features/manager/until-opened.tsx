import type { ButtonProps } from '@fluentui/react-components';
import { cloneElement, Suspense, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';

export interface UntilOpenedProps {
  /** A button as it stands there while its menu is not read yet. */
  readonly button: ReactElement<ButtonProps>;
  /** The same button with its menu, open at first. */
  readonly menu: ReactNode;
}

/** A button whose menu is read when it is first opened. From then on the menu has the button. */
export function UntilOpened({ button, menu }: UntilOpenedProps) {
  const [opened, setOpened] = useState(false);
  const closed = cloneElement(button, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setOpened(true),
    onKeyDown: ({ key }: KeyboardEvent) => (key === 'ArrowDown' ? setOpened(true) : undefined),
  });
  return opened ? <Suspense fallback={closed}>{menu}</Suspense> : closed;
}
