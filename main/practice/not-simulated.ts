/** What is not simulated is said in words that Microsoft never uses, so that nobody takes it for a refusal of Microsoft's. */
export const notSimulatedText = (what: string): string => `The practice tenant does not have ${what}.`;

/** `error.code` in Graph's form of answer, `error` in Entra's; status 501. */
export const notSimulatedCode = 'practiceTenantDoesNotHave';

/** Thrown by the identity half; `identityAnswer` turns it into the 501. Graph's half has `notSimulated` in `graph/refusal.ts`. */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';

  /** `what` follows "does not have", e.g. `POST /{tenant}/oauth2/token`. */
  constructor(what: string) {
    super(notSimulatedText(what));
  }
}
