import type { PracticeRequest, PracticeTenant } from '../world.ts';
import type { Form } from './form.ts';

/** One post to the token endpoint, for the grant that its `grant_type` names. */
export interface TokenRequest {
  readonly form: Form;
  /** The tenant as written in the address. */
  readonly segment: string;
  /** Null for `organizations` and `common`. */
  readonly tenant: PracticeTenant | null;
  readonly request: PracticeRequest;
}
