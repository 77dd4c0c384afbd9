import { Fault, type FaultCode } from '../faults.ts';

/**
 * Where a file comes in, because advice fits one and not another: `server` made the certificate itself, `list` only watches
 * it, `signed` came from an authority for our request, `pfx` and `pem` bring their key along.
 */
export type Door = 'server' | 'list' | 'signed' | 'pfx' | 'pem';

/** What is said of one file. */
export interface Named {
  readonly path: string;
  readonly door: Door;
}

/** Does something with the contents of a file, and names it in whatever is refused; what is no fault is refused as damaged. */
export function named<T>({ path, door }: Named, damaged: FaultCode, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault) throw new Fault(error.code, { params: { ...error.params, path, door }, cause: error.cause });
    throw new Fault(damaged, { params: { path, door }, cause: error });
  }
}
