import { readFileSync } from 'node:fs';
import { settings as schema, type Settings, type SettingsChange } from '../../preload/contract.ts';
import { checkClientId, checkFqdn, checkLifetime, checkPort, type FieldCheck } from '../credential/fields/index.ts';
import { certificateDates } from '../certificates/index.ts';
import { Fault } from '../faults.ts';
import { writeNewFile } from '../files/index.ts';
import { requireKeySize, type Policies } from '../policies/index.ts';
import { defaultServer, firstProfile, knownServer, profileById, serverOfProfile } from '../servers/index.ts';

/** What holds where nothing was chosen: the profile that the policies name with its software, else the first software. */
function shipped({ DefaultProfile: prescribed }: Policies): Settings {
  const server = prescribed === undefined ? defaultServer() : serverOfProfile(prescribed);
  return {
    language: 'system',
    theme: 'system',
    server: server.id,
    fqdn: '',
    port: String(server.redirectUri?.port ?? ''),
    profile: prescribed ?? firstProfile(server)?.id ?? '',
    keySize: '3072',
    lifetime: '15',
    cloud: 'global',
    updates: 'system',
    signInClientId: '',
    custody: 'ask',
  };
}

export interface SettingsFile {
  /** What holds: of what the person chose, all that this computer's policies allow. */
  read(): Settings;
  /**
   * Changes some of them, and leaves the others as the person chose them, whatever a policy makes of them meanwhile.
   *
   * @throws Fault input.* for a value that no dialog could use; policy.*, file.*
   */
  write(change: SettingsChange): Promise<void>;
}

const unlessEmpty = (text: string, rule: (text: string) => FieldCheck<unknown>): FieldCheck<unknown> =>
  text.trim() === '' ? { ok: true, value: null } : rule(text);

/** @throws Fault input.server.*, input.profile.unknown */
function requireSoftware({ server: id, profile }: Settings): void {
  const server = knownServer(id);
  if (profile === '' && server.profiles.length === 0) return;
  const { id: named } = profileById(profile);
  if (!server.profiles.some((each) => each.id === named)) {
    const known = server.profiles.map((each) => each.id).join(', ');
    throw new Fault('input.server.profile', { params: { profile, server: id, known } });
  }
}

function requireUsable({ fqdn = '', port = '', lifetime, signInClientId = '' }: SettingsChange, now: Date): void {
  const checks = [
    unlessEmpty(fqdn, checkFqdn),
    unlessEmpty(port, checkPort),
    ...(lifetime === undefined ? [] : [checkLifetime(lifetime, now)]),
    unlessEmpty(signInClientId, checkClientId),
  ];
  for (const check of checks) if (!check.ok) throw check.fault;
}

const keySizes = ['2048', '3072', '4096'] as const;

/** What the policies prescribe stands before what was chosen. */
function managed(chosen: Settings, policies: Policies): Settings {
  const { MinimumKeySize: smallest = 0, MaximumLifetimeMonths: longest = Infinity } = policies;
  return {
    ...chosen,
    language: policies.Language ?? chosen.language,
    signInClientId: policies.SignInClientId ?? chosen.signInClientId,
    custody: policies.DefaultCustody ?? chosen.custody,
    keySize: keySizes.find((size) => Number(size) >= Math.max(smallest, Number(chosen.keySize))) ?? chosen.keySize,
    // A day that is too late is refused where a certificate is made.
    lifetime: Number(chosen.lifetime) > longest ? String(longest) : chosen.lifetime,
  };
}

/** @throws Fault policy.* */
function requireAllowed({ keySize, lifetime }: SettingsChange, policies: Policies, now: Date): void {
  if (keySize !== undefined) requireKeySize(policies, Number(keySize));
  const { MaximumLifetimeMonths: longest } = policies;
  if (lifetime === undefined) return;
  const asked = checkLifetime(lifetime, now);
  if (longest === undefined || !asked.ok) return;
  if (certificateDates(now, asked.value).notAfter > certificateDates(now, { months: longest }).notAfter)
    throw new Fault('policy.lifetime', { params: { months: longest } });
}

/** Software and profile of another version may be unknown in this one. */
function isDescribed(settings: Settings): boolean {
  try {
    requireSoftware(settings);
    return true;
  } catch {
    return false;
  }
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
    return isDescribed(current) ? current : { ...current, server: defaults.server, port: defaults.port, profile: defaults.profile };
  } catch {
    return defaults;
  }
}

/** The preferences of this Windows user, for the real list and for practice alike. No secrets. */
export function openSettings(file: string, policies: Policies, now: () => Date): SettingsFile {
  let current = stored(file, shipped(policies), now());
  return {
    read: () => managed(current, policies),
    write: async (change) => {
      const settings = schema.parse({
        ...current,
        ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
      });
      requireUsable(change, now());
      requireSoftware(settings);
      requireAllowed(change, policies, now());
      await writeNewFile(file, Buffer.from(`${JSON.stringify(settings, null, 2)}\n`), { force: true });
      current = settings;
    },
  };
}
