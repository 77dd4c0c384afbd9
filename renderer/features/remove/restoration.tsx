import { useEffect, useEffectEvent } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { RegistrationRun } from './registration-run.tsx';
import { useRun } from '../../run/index.ts';

export interface RestorationProps {
  readonly row: CredentialRow;
  /** Whether it was restored. */
  readonly onClose: (restored: boolean) => void;
}

/** Brings a credential back whose registration was deleted with it; begins by itself. */
export function Restoration({ row, onClose }: RestorationProps) {
  const [state, actions] = useRun(() => request('restoration:begin', { id: row.id }));
  const begin = useEffectEvent(() => actions.begin());
  useEffect(() => begin(), []);
  return (
    <RegistrationRun
      kind="restoration"
      name={row.name}
      tenant={row.tenantDomain || row.tenantId}
      state={state}
      actions={actions}
      onClose={onClose}
    />
  );
}
