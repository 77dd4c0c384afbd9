import { readFileSync } from 'node:fs';
import { settings as schema, type Settings } from '../../preload/contract.ts';
import { checkClientId, checkFqdn, checkLifetime, checkPort, defaultPort, type FieldCheck } from '../credential/fields/index.ts';
import { certificateDates } from '../certificates/index.ts';
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
  lifetime: '15',
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

const unlessEmpty = (text: string, rule: (text: string) => FieldCheck<unknown>): FieldCheck<unknown> =>
  text.trim() === '' ? { ok: true, value: null } : rule(text);

function requireUsable({ fqdn, port, profile, lifetime, signInClientId }: Settings, now: Date): void {
  const checks = [unlessEmpty(fqdn, checkFqdn), checkPort(port), checkLifetime(lifetime, now), unlessEmpty(signInClientId, checkClientId)];
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
    // A day that is too late is refused where a certificate is made.
    lifetime: Number(chosen.lifetime) > longest ? String(longest) : chosen.lifetime,
  };
}

/** @throws Fault policy.* */
function requireAllowed({ keySize, lifetime }: Settings, policies: Policies, now: Date): void {
  requireKeySize(policies, Number(keySize));
  const { MaximumLifetimeMonths: longest } = policies;
  const asked = checkLifetime(lifetime, now);
  if (longest === undefined || !asked.ok) return;
  if (certificateDates(now, asked.value).notAfter > certificateDates(now, { months: longest }).notAfter)
    throw new Fault('policy.lifetime', { params: { months: longest } });
}

/** What is stored, with the default for each setting that is missing or not understood: a setting never stops the start. */
function stored(file: string, defaults: Settings, now: Date): Settings {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof found !== 'object' || found === null) return defaults;
    const understood = Object.entries(found).filter(([name, value]) => schema.safeParse({ ...defaults, [name]: value }).success);
    const read = schema.parse({ ...defaults, ...Object.fromEntries(understood) });
    // A day passes by itself, and takes no other setting with it.
    const current = checkLifetime(read.lifetime, now).ok ? read : { ...read, lifetime: defaults.lifetime };
    requireUsable(current, now);
    return current;
  } catch {
    return defaults;
  }
}

/** The preferences of this Windows user, for the real list and for practice alike. No secrets. */
export function openSettings(file: string, policies: Policies, now: () => Date): SettingsFile {
  let current = stored(file, { ...shipped, profile: policies.DefaultProfile ?? shipped.profile }, now());
  return {
    read: () => managed(current, policies),
    write: async (settings) => {
      requireUsable(settings, now());
      requireAllowed(settings, policies, now());
      await writeNewFile(file, Buffer.from(`${JSON.stringify(settings, null, 2)}\n`), { force: true });
      current = settings;
    },
  };
}
