import type { SpinnerProps } from '@fluentui/react-components';
import { Suspense } from 'react';
import { later } from '../bridge/later.ts';

const Spinner = later(async () => (await import('./spinner.tsx')).Spinner);

/** Turns while something is on its way. Nothing is seen of it until its own code is there. */
export function BusySpinner(props: Pick<SpinnerProps, 'className' | 'delay' | 'label' | 'size'>) {
  return (
    <Suspense>
      <Spinner {...props} />
    </Suspense>
  );
}
