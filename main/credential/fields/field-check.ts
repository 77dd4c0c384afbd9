import { Fault, type FaultCode, type FaultParams } from '../../faults.ts';
import type { TextKey } from '../../texts/index.ts';

/** What a field rule says about one typed value. */
export type FieldCheck<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** Text key of something that works but deserves a look. */
      readonly warning?: TextKey;
      /** The value as it will be used, when it differs from what was typed in more than spaces. */
      readonly shown?: string;
    }
  | { readonly ok: false; readonly fault: Fault };

export function refused(code: FaultCode, params: FaultParams = {}): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: new Fault(code, { params }) };
}
