import { longestLeasedRequest, type Lease } from '../../credential/index.ts';
import type { CloudId } from '../../clouds/index.ts';
import type { DirectoryConnection } from '../../directory/directory.ts';
import type { Connection, Engine, LeasedEngine, Run } from '../engine.ts';

/**
 * Runs `work` with services that hold the lease of a credential, and with a run that ends when the lease is lost.
 *
 * @throws Fault lease.held, lease.lost; what `work` throws
 */
export function underLease<T>(
  engine: Engine,
  credentialId: string,
  run: Run,
  work: (leased: LeasedEngine, run: Run) => Promise<T>,
): Promise<T> {
  const onWait = (lease: Lease) => run.onProgress({ kind: 'waiting-for-lease', lease });
  return engine.leases.withLease(
    credentialId,
    engine.owner,
    (lease) => {
      const connect = (cloud: CloudId): Connection => {
        const connection = engine.connect(cloud);
        return {
          ...connection,
          directory: (given: DirectoryConnection) =>
            connection.directory({ ...given, beforeWrite: () => lease.renew(), longestWrite: longestLeasedRequest }),
        };
      };
      const leased: LeasedEngine = { ...engine, lease, connect, store: engine.store.guardedBy(() => lease.check()) };
      return work(leased, { ...run, signal: run.signal ? AbortSignal.any([run.signal, lease.signal]) : lease.signal });
    },
    { onWait, ...(run.signal ? { signal: run.signal } : {}) },
  );
}
