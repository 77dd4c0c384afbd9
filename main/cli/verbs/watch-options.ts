import { Fault } from '../../faults.ts';
import { optionConflict, optionValue } from '../option-value.ts';

export interface WatchOptions {
  /** Days. */
  readonly within?: number;
  readonly eventLog?: boolean;
  /** File. */
  readonly calendar?: string;
  readonly scheduled?: boolean;
  /** Id of a change at Microsoft. */
  readonly dismiss?: string;
  readonly installTask?: boolean;
  readonly removeTask?: boolean;
  readonly taskFile?: string;
  readonly taskUser?: string;
  readonly logon?: string;
  /** `HH:MM`. */
  readonly at?: string;
  readonly force?: boolean;
  /** The task also rotates what is due, unattended. */
  readonly rotate?: boolean;
  /** Folder. */
  readonly pfxOut?: string;
  readonly passwordFile?: string;
  /** File with the Windows password of the account. */
  readonly logonPasswordFile?: string;
}

const spelled = {
  installTask: '--install-task',
  removeTask: '--remove-task',
  taskFile: '--task-file',
  scheduled: '--scheduled',
  dismiss: '--dismiss',
  logon: '--logon',
  at: '--at',
  taskUser: '--task-user',
  force: '--force',
  calendar: '--calendar',
  rotate: '--rotate',
  pfxOut: '--pfx-out',
  passwordFile: '--password-file',
  logonPasswordFile: '--logon-password-file',
} as const;
const ways = ['installTask', 'removeTask', 'taskFile', 'scheduled', 'dismiss'] as const;
export type Way = (typeof ways)[number];

/** Options that say nothing without one of these others. */
const belonging: readonly (readonly [keyof WatchOptions & keyof typeof spelled, readonly (keyof WatchOptions & keyof typeof spelled)[]])[] =
  [
    ['logon', ['installTask', 'taskFile']],
    ['at', ['installTask', 'taskFile']],
    ['taskUser', ['taskFile']],
    ['force', ['calendar', 'taskFile']],
    ['rotate', ['installTask', 'taskFile']],
    ['pfxOut', ['rotate']],
    ['passwordFile', ['pfxOut']],
    ['logonPasswordFile', ['installTask']],
  ];

const missing = (options: readonly string[]): Fault => new Fault('input.option.missing', { params: { option: options.join(', ') } });

/** An option whose companion is not there: it is missing, or the way that was asked for has no use for it. */
function refuseStray(options: WatchOptions, way: Way | null): void {
  for (const [name, companions] of belonging) {
    if (options[name] === undefined || companions.some((each) => options[each] !== undefined)) continue;
    const ofAnotherWay = way !== null && companions.some((each) => ways.some((known) => known === each));
    throw ofAnotherWay ? optionConflict(spelled[way], spelled[name]) : missing(companions.map((each) => spelled[each]));
  }
}

/**
 * What is asked for; null for a watch by hand.
 *
 * @throws Fault input.option.conflict, input.option.missing
 */
export function wayOf(options: WatchOptions, practice: boolean): Way | null {
  const [way = null, other] = ways.filter((each) => options[each] !== undefined);
  if (way !== null && other !== undefined) throw optionConflict(spelled[way], spelled[other]);
  refuseStray(options, way);
  if (options.logonPasswordFile !== undefined && options.logon !== 'password') throw missing([`${spelled.logon} password`]);
  if (options.pfxOut !== undefined && options.passwordFile === undefined) throw missing([spelled.passwordFile]);
  // A task outlives the rehearsal, and would be taken for a real one.
  if (practice && way !== null && way !== 'scheduled' && way !== 'dismiss') throw optionConflict(spelled[way], '--practice');
  return way;
}

/** A time of day, `07:30`. @throws Fault input.option.value-missing, input.option.value-invalid */
export function optionTime(option: string): (value: string) => string {
  const check = optionValue(option);
  return (given) => {
    const value = check(given);
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(value))
      throw new Fault('input.option.value-invalid', { params: { option, value, allowed: '00:00–23:59' } });
    return value;
  };
}
