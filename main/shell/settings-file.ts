import { readFileSync } from 'node:fs';
import { settings as schema, type Settings } from '../../preload/contract.ts';
import { checkClientId, checkFqdn, checkPort, checkValidMonths, defaultPort, type FieldCheck } from '../credentials/fields/index.ts';
import { Fault } from '../faults.ts';
import { writeNewFile } from '../files/index.ts';
import { requireKeySize, type Policies } from '../policies/index.ts';
import { profileById } from '../profiles/index.ts';

const shipped: Settings = {
  language: 'system',
  theme: 'system',
  fqdn: '',
  port: String(defaultPort),
  profile: 'mailstore-guide',
  keySize: '3072',
  validMonths: '15',
  cloud: 'global',
  updates: 'system',
  signInClientId: '',
};

export interface SettingsFile {
  /** What holds: of what the person chose, all that this computer's policies allow. */
  read(): Settings;
  /** @throws Fault input.* for a value that no dialog could use; policy.*, file.* */
  write(settings: Settings): Promise<void>;
}

const unlessEmpty = (text: string, rule: (text: string) => FieldCheck<unknown>): FieldCheck<unknown> => (text.trim() === '' ? { ok: true, value: null } : rule(text));

function requireUsable({ fqdn, port, profile, validMonths, signInClientId }: Settings): void {
  const checks = [unlessEmpty(fqdn, checkFqdn), checkPort(port), checkValidMonths(validMonths), unlessEmpty(signInClientId, checkClientId)];
  for (const check of checks) if (!check.ok) throw check.fault;
  profileById(profile);
}

const keySizes = ['2048', '3072', '4096'] as const;

/** What the policies prescribe stands before what was chosen. */
function managed(chosen: Settings, policies: Policies): Settings {
  const { MinimumKeySize: smallest = 0, MaximumLifetimeMonths: longest = Infinity } = policies;
  return {
    ...chosen,
    language: policies.Language ?? chosen.language,
    signInClientId: policies.SignInClientId ?? chosen.signInClientId,
    keySize: keySizes.find((size) => Number(size) >= Math.max(smallest, Number(chosen.keySize))) ?? chosen.keySize,
    validMonths: String(Math.min(longest, Number(chosen.validMonths))),
  };
}

/** @throws Fault policy.* */
function requireAllowed({ keySize, validMonths }: Settings, policies: Policies): void {
  requireKeySize(policies, Number(keySize));
  const { MaximumLifetimeMonths: longest } = policies;
  if (longest !== undefined && Number(validMonths) > longest) throw new Fault('policy.lifetime', { params: { months: longest } });
}

/** What is stored, with the default for each setting that is missing or not understood: a setting never stops the start. */
function stored(file: string, defaults: Settings): Settings {
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
export function openSettings(file: string, policies: Policies): SettingsFile {
  let current = stored(file, { ...shipped, profile: policies.DefaultProfile ?? shipped.profile });
  return {
    read: () => managed(current, policies),
    write: async (settings) => {
      requireUsable(settings);
      requireAllowed(settings, policies);
      await writeNewFile(file, Buffer.from(`${JSON.stringify(settings, null, 2)}\n`), { force: true });
      current = settings;
    },
  };
}
