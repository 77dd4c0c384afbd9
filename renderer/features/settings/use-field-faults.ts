import { useEffect, useState } from 'react';
import type { Settings } from '../../../preload/contract.ts';
import { request } from '../../app/bridge.ts';

type Field = 'fqdn' | 'port' | 'lifetime' | 'signInClientId';

/** Milliseconds without a key before main is asked. */
const pause = 300;

/** What main says against the fields while they are typed: its rules for the dialog's fields are the same. */
export function useFieldFaults({ server: software, fqdn, port, signInClientId, profile, cloud }: Settings): Partial<Record<Field, string>> {
  const [faults, setFaults] = useState<Partial<Record<Field, string>>>({});
  useEffect(() => {
    let left = false;
    const timer = globalThis.setTimeout(async () => {
      // An empty server name is no default, not a fault.
      const outcome = await request('draft:check', {
        id: null,
        name: '',
        clientId: signInClientId,
        tenant: '',
        custody: 'keyring',
        server: software,
        // Which one is for each credential to say.
        instance: 'any',
        fqdn: fqdn || 'localhost.localdomain',
        port,
        userSignIn: true,
        profile,
        cloud,
      });
      if (left || !outcome.ok) return;
      const { fqdn: server, port: number, clientId } = outcome.value.faults;
      const told = { fqdn: fqdn === '' ? undefined : server, port: number, signInClientId: clientId };
      setFaults(
        Object.fromEntries(
          Object.entries(told).flatMap(([field, fault]) => (fault === undefined ? [] : [[field, `${fault.message} ${fault.fix}`]])),
        ),
      );
    }, pause);
    return () => {
      left = true;
      globalThis.clearTimeout(timer);
    };
  }, [software, fqdn, port, signInClientId, profile, cloud]);
  return faults;
}
