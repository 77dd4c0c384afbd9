import type { CredentialRow } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import { commands, type CommandId, type Desk } from './commands.ts';

/** A row that a command leaves out, and why. */
export interface Refused {
  readonly row: CredentialRow;
  readonly why: TextKey;
}

/** What a command comes to for a selection. */
export interface Applicable {
  readonly enabled: boolean;
  /** Those that it would be done with. */
  readonly rows: readonly CredentialRow[];
  readonly refused: readonly Refused[];
}

/** @param rows the selection */
export function applicable(id: CommandId, rows: readonly CredentialRow[]): Applicable {
  const command = commands[id];
  if (command.needs === 'nothing') return { enabled: true, rows: [], refused: [] };
  const judged = rows.map((row) => ({ row, why: command.obstacle?.(row) ?? null }));
  const fitting = judged.filter(({ why }) => why === null).map(({ row }) => row);
  const refused = judged.flatMap(({ row, why }) => (why === null ? [] : [{ row, why }]));
  return { enabled: fitting.length > 0 && (command.needs === 'some' || rows.length === 1), rows: fitting, refused };
}

/** Does a command with what of the selection it can be done with; nothing where that is nothing. */
export function carryOut(id: CommandId, desk: Desk, selection: readonly CredentialRow[]): void {
  const command = commands[id];
  if (command.needs === 'nothing') return command.run(desk);
  const { enabled, rows } = applicable(id, selection);
  if (enabled) command.run(desk, rows);
}
