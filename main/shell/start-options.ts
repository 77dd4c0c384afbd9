import { parseArgs } from 'node:util';
import type { PracticeConfig } from '../services/index.ts';

export interface StartOptions {
  readonly dataDir: string | undefined;
  /** Null = begins with the real clouds. */
  readonly practice: PracticeConfig | null;
  /** `--lang`, before the setting and the system's language. */
  readonly lang: string | undefined;
  readonly verbose: boolean;
}

const text = (value: string | boolean | undefined) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Arguments of the window. Chromium's own switches pass through here as well, so unknown ones are left alone. */
export function startOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: args.map((each) => (each === '--practice' ? '--practice=' : each)),
    strict: false,
    options: {
      'data-dir': { type: 'string' },
      practice: { type: 'string' },
      'practice-account': { type: 'string' },
      lang: { type: 'string' },
      verbose: { type: 'boolean' },
    },
  });
  return {
    dataDir: text(values['data-dir']),
    practice:
      values.practice === undefined ? null : { url: text(values.practice) ?? null, account: text(values['practice-account']) ?? null },
    lang: text(values.lang),
    verbose: values.verbose === true,
  };
}
