import type en from '../../assets/i18n/en.json';
import type { FaultCode } from '../faults.ts';

/** Who shows a text: what the window says by a button, the command line says by an option. */
export type Client = 'window' | 'command line';

/**
 * Every key of the English catalogue; a missing one does not compile. `<key>.window` is what the window says in the place
 * of `<key>`, and is never asked for by name.
 */
export type TextKey = Exclude<keyof typeof en, `${string}.window`>;
export type TextParams = Readonly<Record<string, string | number>>;

/** Texts that are stored as data: what a check found, or a fault with what to do about it. */
export type StatementCode = Exclude<Extract<TextKey, `check.${string}`>, `${string}.name`> | `fault.${FaultCode}`;

/** A sentence as data, so that it can be said in any language, and by either client. */
export interface Statement {
  readonly code: StatementCode;
  /** Placeholders of the text. */
  readonly params: TextParams;
}
