import { useCallback, useEffect, useState } from 'react';
import type { AppFacts, FaultView } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { useFacts } from '../../bridge/facts.ts';
import { newForm, storedForm, type Form } from './form.ts';

export interface BegunForm {
  readonly form: Form | null;
  /** True once the tenant was read: application and tenant are facts then. */
  readonly registered: boolean;
  readonly fault: FaultView | null;
  readonly reload: () => void;
}

type Begun = Omit<BegunForm, 'reload'>;

async function readForm(credential: string | null, { annotations, servers }: Pick<AppFacts, 'annotations' | 'servers'>): Promise<Begun> {
  const settings = await request('settings:read', null);
  if (!settings.ok) return { form: null, registered: false, fault: settings.fault };
  const profiles = await request('profiles:list', { credential });
  if (!profiles.ok) return { form: null, registered: false, fault: profiles.fault };
  if (credential === null) return { form: newForm(settings.value, annotations, profiles.value, servers), registered: false, fault: null };
  const stored = await request('credential:read', { id: credential });
  if (!stored.ok) return { form: null, registered: false, fault: stored.fault };
  const row = stored.value.report.credential;
  return {
    form: storedForm(row, settings.value, annotations, profiles.value),
    registered: row.clientId !== null && row.tenantName !== '',
    fault: null,
  };
}

/** What the dialog begins with: the settings' defaults, or the stored credential. Read once; what is typed then counts. */
export function useForm(credential: string | null): BegunForm {
  const { annotations, servers } = useFacts();
  const [begun, setBegun] = useState<Begun>({ form: null, registered: false, fault: null });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let left = false;
    const read = async () => {
      const next = await readForm(credential, { annotations, servers });
      if (!left) setBegun(next);
    };
    void read();
    return () => {
      left = true;
    };
    // What main says of annotations and servers differs in language alone, which draws the window anew.
  }, [credential, asked, annotations, servers]);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  return { ...begun, reload };
}
