import { faultTable } from '../../faults.ts';

export interface LoggedFault {
  readonly code: string;
  readonly times: number;
  /** Time of the last line that has it. */
  readonly last: string;
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {}; // the end of a line that is still being written
  }
}

/** Which faults the lines of a log tell of, the most frequent first. */
export function faultsIn(lines: readonly string[]): LoggedFault[] {
  const found = new Map<string, LoggedFault>();
  for (const line of lines) {
    const { code, fault, time } = parsed(line);
    const told = [code, fault].find((each) => typeof each === 'string' && Object.hasOwn(faultTable, each));
    if (typeof told !== 'string') continue;
    found.set(told, { code: told, times: (found.get(told)?.times ?? 0) + 1, last: typeof time === 'string' ? time : '-' });
  }
  return [...found.values()].sort((one, other) => other.times - one.times);
}
