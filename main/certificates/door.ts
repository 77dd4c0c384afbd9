import { Fault, type FaultCode, type FaultParams } from '../faults.ts';

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

/** Why contents are refused, said by those who do not know in which file they stood. It leaves this room as a fault. */
export class Refusal extends Error {
  readonly code: FaultCode;
  readonly params: FaultParams;

  constructor(code: FaultCode, params: FaultParams = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.params = params;
  }
}

/** The fault of a refusal; whatever else was thrown stays as it is. */
export const faultOf = (error: unknown, file: Partial<Named> = {}): unknown =>
  error instanceof Refusal ? new Fault(error.code, { params: { ...error.params, ...file }, cause: error.cause ?? error }) : error;

/** Does something with the contents of a file, and names it in whatever is refused; what is no refusal is refused as damaged. */
export function named<T>(file: Named, damaged: FaultCode, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const fault = faultOf(error, file);
    throw fault instanceof Fault ? fault : new Fault(damaged, { params: { ...file }, cause: error });
  }
}
