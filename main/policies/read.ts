import { Fault } from '../faults.ts';
import type { RunProgram } from '../windows/index.ts';
import { policyFile, readPolicyFile } from './policy-file.ts';
import { policyNames, policySchemas, type Policies, type PolicyName } from './policies.ts';
import { readRegistry, registryKey, type Hive, type Values } from './registry.ts';

export interface PolicySystem {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly run: RunProgram;
  /** Tests have one of their own. */
  readonly file?: string;
}

/** What holds on this computer, and where each value came from. */
export interface ManagedPolicies {
  readonly policies: Policies;
  readonly sources: readonly { readonly policy: PolicyName; readonly value: unknown; readonly source: string }[];
  /** Values of no policy that this version knows, as `source: name`. */
  readonly unknown: readonly string[];
}

interface Source {
  readonly source: string;
  readonly values: Values;
}

async function hive(name: Hive, { env, platform, run }: PolicySystem): Promise<Source[]> {
  return platform === 'win32' ? [{ source: registryKey(name), values: await readRegistry(name, env, run) }] : [];
}

async function file({ platform, file: given }: PolicySystem): Promise<Source[]> {
  const source = given ?? policyFile(platform);
  const values = source === null ? null : await readPolicyFile(source);
  return source === null || values === null ? [] : [{ source, values }];
}

/** Names of registry values have no case. */
const nameOf = (given: string) => policyNames.find((name) => name.toLowerCase() === given.toLowerCase());

/**
 * Reads what the administrators of this computer prescribe: on Windows the computer's registry before the user's, elsewhere
 * a file.
 *
 * @throws Fault policy.unreadable, policy.invalid: what cannot be understood stops the work rather than being left out
 */
export async function readPolicies(system: PolicySystem): Promise<ManagedPolicies> {
  const sources = (await Promise.all([hive('HKLM', system), hive('HKCU', system), file(system)])).flat();
  const found = sources.flatMap(({ source, values }) =>
    Object.entries(values).map(([given, raw]) => ({ source, given, raw, policy: nameOf(given) })),
  );
  const first = new Map<PolicyName, { readonly source: string; readonly raw: unknown }>();
  for (const { policy, source, raw } of found) if (policy !== undefined && !first.has(policy)) first.set(policy, { source, raw });
  const managed = [...first].map(([policy, { source, raw }]) => {
    const checked = policySchemas[policy].safeParse(raw);
    if (!checked.success)
      throw new Fault('policy.invalid', { params: { policy, value: JSON.stringify(raw), source }, cause: checked.error });
    return { policy, source, value: checked.data };
  });
  return {
    policies: Object.fromEntries(managed.map(({ policy, value }) => [policy, value])),
    sources: managed,
    unknown: found.filter(({ policy }) => policy === undefined).map(({ source, given }) => `${source}: ${given}`),
  };
}
