import type { PracticeState } from './world.ts';

/** What somebody needs to work with a running practice tenant; `identity` and `graph` are the one origin. */
export interface PracticeDescription {
  readonly identity: string;
  readonly graph: string;
  readonly tenants: readonly {
    readonly id: string;
    readonly name: string;
    readonly domain: string;
    readonly accounts: readonly { readonly upn: string; readonly role: string }[];
  }[];
}

export const describePractice = (origin: string, { tenants }: PracticeState): PracticeDescription => ({
  identity: origin,
  graph: origin,
  tenants: tenants.map(({ id, displayName, domains, accounts }) => ({
    id,
    name: displayName,
    domain: domains[0] ?? '',
    accounts: accounts.map(({ upn, role }) => ({ upn, role })),
  })),
});
