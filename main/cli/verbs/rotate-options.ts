import { resolve } from 'node:path';
import type { Lifetime } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { readPasswordFile } from '../../files/index.ts';
import type { PfxHandOutRequest } from '../../registration/verbs/index.ts';
import { defaultWithinDays } from '../../registration/certificates/due.ts';
import { flag, textOption } from '../global-options.ts';
import { givenLifetime } from '../lifetime-option.ts';
import { acceptedFindings, optionConflict } from '../option-value.ts';

type Options = Readonly<Record<string, unknown>>;

export interface RotateWish {
  /** Null with `--all-due`. */
  readonly credential: string | null;
  readonly withinDays: number;
  readonly unattended: boolean;
  readonly overlapDays: number | null;
  /** Null: as long as the old certificate. */
  readonly lifetime: Lifetime | null;
  readonly rollBack: boolean;
  readonly pfx: Omit<PfxHandOutRequest, 'mark'> | null;
  readonly accepted: readonly string[];
  readonly showUse: boolean;
}

const missing = (option: string) => new Fault('input.option.missing', { params: { option } });
const names = {
  within: '--within',
  overlap: '--overlap',
  pfxOut: '--pfx-out',
  passwordFile: '--password-file',
  pfxEncryption: '--pfx-encryption',
  accept: '--accept',
  validMonths: '--valid-months',
  until: '--until',
  showUse: '--show-use',
  unattended: '--unattended',
} as const;
type Name = keyof typeof names;

const given = (options: Options, ...wanted: Name[]): string | undefined => {
  const found = wanted.find((name) => options[name] !== undefined);
  return found === undefined ? undefined : names[found];
};

/** What cannot be said together. @throws Fault input.option.conflict, input.option.missing, input.argument.* */
function requireSense(credential: string | undefined, options: Options, tenant: string | undefined): void {
  const allDue = flag(options, 'allDue');
  if (allDue === (credential !== undefined))
    throw allDue ? new Fault('input.argument.excess') : new Fault('input.argument.missing', { params: { argument: 'CREDENTIAL' } });
  if (!allDue && options['within'] !== undefined) throw missing('--all-due');
  // Each credential knows its own tenant.
  if (allDue && tenant !== undefined) throw optionConflict('--all-due', '--tenant');
  const besideBack = allDue
    ? '--all-due'
    : given(options, 'overlap', 'pfxOut', 'passwordFile', 'accept', 'validMonths', 'until', 'showUse');
  if (flag(options, 'rollBack') && besideBack !== undefined) throw optionConflict('--roll-back', besideBack);
  if (flag(options, 'unattended') && options['accept'] !== undefined) throw optionConflict('--unattended', '--accept');
  const without = flag(options, 'unattended') ? '--unattended' : allDue ? '--all-due' : undefined;
  if (flag(options, 'showUse') && without !== undefined) throw optionConflict('--show-use', without);
  if (options['pfxOut'] !== undefined && options['passwordFile'] === undefined) throw missing('--password-file');
  if (options['pfxOut'] === undefined && given(options, 'passwordFile', 'pfxEncryption') !== undefined) throw missing('--pfx-out');
}

async function pfxWish(options: Options): Promise<RotateWish['pfx']> {
  const path = textOption(options, 'pfxOut');
  const passwordFile = textOption(options, 'passwordFile');
  if (path === undefined || passwordFile === undefined) return null;
  const encryption = textOption(options, 'pfxEncryption') === 'compatible' ? 'compatible' : 'modern';
  return { path: resolve(path), folder: flag(options, 'allDue'), password: await readPasswordFile(passwordFile), encryption };
}

const days = (options: Options, name: string): number | null => (typeof options[name] === 'number' ? options[name] : null);

/** @throws Fault input.*, file.password-unreadable */
export async function rotateWish(credential: string | undefined, options: Options, tenant: string | undefined): Promise<RotateWish> {
  requireSense(credential, options, tenant);
  return {
    credential: credential ?? null,
    withinDays: days(options, 'within') ?? defaultWithinDays,
    unattended: flag(options, 'unattended'),
    overlapDays: days(options, 'overlap'),
    lifetime: givenLifetime(options),
    rollBack: flag(options, 'rollBack'),
    pfx: await pfxWish(options),
    accepted: acceptedFindings(options),
    showUse: flag(options, 'showUse'),
  };
}
