import { Suspense, useEffect } from 'react';
import type { FaultView } from '../../preload/contract.ts';
import { later } from '../bridge/later.ts';
import { useAnnounce } from './announce.tsx';

const ShownFault = later(async () => (await import('./shown-fault.tsx')).ShownFault);

export interface FaultBarProps {
  readonly fault: FaultView | null;
  readonly onDismiss?: () => void;
  /** Offered where the fault says that trying again may help. */
  readonly onRetry?: () => void;
}

/** A fault in words, said aloud. Nothing while there is none, and nothing is read for it. */
export function FaultBar({ fault, onDismiss, onRetry }: FaultBarProps) {
  const announce = useAnnounce();
  useEffect(() => {
    if (fault !== null) announce(`${fault.message} ${fault.fix}`);
  }, [fault, announce]);
  if (fault === null) return null;
  return (
    <Suspense>
      <ShownFault fault={fault} onDismiss={onDismiss} onRetry={onRetry} />
    </Suspense>
  );
}
