import { readFileSync } from 'node:fs';
import { settings as schema, type Settings } from '../../preload/contract.ts';
import { checkClientId, checkFqdn, checkPort, checkValidMonths, defaultPort, type FieldCheck } from '../credentials/fields/index.ts';
import { writeNewFile } from '../files/index.ts';
import { profileById } from '../profiles/index.ts';

const defaults: Settings = {
  language: 'system',
  theme: 'system',
  fqdn: '',
  port: String(defaultPort),
  profile: 'mailstore-guide',
  keySize: '3072',
  validMonths: '15',
  cloud: 'global',
  signInClientId: '',
};

export interface SettingsFile {
  read(): Settings;
  /** @throws Fault input.* for a value that no dialog could use; file.* */
  write(settings: Settings): Promise<void>;
}

const unlessEmpty = (text: string, rule: (text: string) => FieldCheck<unknown>): FieldCheck<unknown> => (text.trim() === '' ? { ok: true, value: null } : rule(text));

function requireUsable({ fqdn, port, profile, validMonths, signInClientId }: Settings): void {
  const checks = [unlessEmpty(fqdn, checkFqdn), checkPort(port), checkValidMonths(validMonths), unlessEmpty(signInClientId, checkClientId)];
  for (const check of checks) if (!check.ok) throw check.fault;
  profileById(profile);
}

/** What is stored, with the default for each setting that is missing or not understood: a setting never stops the start. */
function stored(file: string): Settings {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof found !== 'object' || found === null) return defaults;
    const understood = Object.entries(found).filter(([name, value]) => schema.safeParse({ ...defaults, [name]: value }).success);
    const read = schema.parse({ ...defaults, ...Object.fromEntries(understood) });
    requireUsable(read);
    return read;
  } catch {
    return defaults;
  }
}

/** The preferences of this Windows user, for the real list and for practice alike. No secrets. */
export function openSettings(file: string): SettingsFile {
  let current = stored(file);
  return {
    read: () => current,
    write: async (settings) => {
      requireUsable(settings);
      await writeNewFile(file, Buffer.from(`${JSON.stringify(settings, null, 2)}\n`), { force: true });
      current = settings;
    },
  };
}
