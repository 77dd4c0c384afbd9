import type { Command } from 'commander';
import type { CloudId } from '../clouds/index.ts';
import { cloudIds } from '../clouds/index.ts';
import { checkTenant, isMailbox } from '../credential/fields/index.ts';
import { Fault } from '../faults.ts';
import { practiceOrigin } from '../practice/index.ts';
import type { PracticeConfig } from '../services/index.ts';
import { inProcess } from './arguments.ts';
import { optionConflict } from './option-value.ts';

export interface GlobalOptions {
  readonly json: boolean;
  readonly dataDir?: string;
  readonly practice: PracticeConfig | null;
  readonly cloud: CloudId;
  readonly tenant?: string;
  /** User principal name of who signs in. */
  readonly account?: string;
  /** Who signs in types a code on another device. */
  readonly deviceCode: boolean;
  readonly yes: boolean;
  readonly verbose: boolean;
  readonly resetStore: boolean;
}

type RawOptions = Readonly<Record<string, unknown>>;

export function textOption(options: RawOptions, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function flag(options: RawOptions, name: string): boolean {
  return options[name] === true;
}

/** Exactly what `practice` prints: an origin, without path or slash. */
function checkedOrigin(address: string): string {
  if (address.endsWith('/')) throw new Fault('practice.address-invalid', { params: { address } });
  return practiceOrigin(address);
}

function practiceConfig(options: RawOptions): PracticeConfig | null {
  const practice = textOption(options, 'practice');
  const account = textOption(options, 'practiceAccount') ?? null;
  if (practice === undefined) {
    if (account !== null) throw new Fault('input.option.missing', { params: { option: '--practice' } });
    return null;
  }
  return { url: practice === inProcess ? null : checkedOrigin(practice), account };
}

/** @throws Fault input.*, practice.address-invalid */
export function globalOptions(command: Command): GlobalOptions {
  const options = command.optsWithGlobals<RawOptions>();
  const tenant = textOption(options, 'tenant');
  const checked = tenant === undefined ? undefined : checkTenant(tenant);
  if (checked !== undefined && !checked.ok) throw checked.fault;
  const account = textOption(options, 'account');
  if (account !== undefined && !isMailbox(account))
    throw new Fault('input.option.value-invalid', { params: { option: '--account', value: account, allowed: 'name@example.com' } });
  // Whoever types a code on another device chooses the account there.
  if (account !== undefined && flag(options, 'deviceCode')) throw optionConflict('--account', '--device-code');
  const dataDir = textOption(options, 'dataDir');
  const cloud = textOption(options, 'cloud') ?? 'global';
  return {
    json: flag(options, 'json'),
    practice: practiceConfig(options),
    cloud: cloudIds.find((id) => id === cloud) ?? 'global',
    deviceCode: flag(options, 'deviceCode'),
    yes: flag(options, 'yes'),
    verbose: flag(options, 'verbose'),
    resetStore: flag(options, 'resetStore'),
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(checked === undefined ? {} : { tenant: checked.value }),
    ...(account === undefined ? {} : { account }),
  };
}
