import { useEffect, useState } from 'react';
import type { UpdateState } from '../../../preload/contract.ts';
import { request, subscribe } from '../../bridge/bridge.ts';

/** What is known of newer versions, as it changes; null until main has said it. */
export function useUpdates(): UpdateState | null {
  const [state, setState] = useState<UpdateState | null>(null);
  useEffect(() => {
    const off = subscribe('updates:changed', setState);
    void request('updates:read', null).then((outcome) => (outcome.ok ? setState((was) => was ?? outcome.value) : undefined));
    return off;
  }, []);
  return state;
}
