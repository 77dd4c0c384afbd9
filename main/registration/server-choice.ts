import type { CredentialRecord, Custody } from '../credential/index.ts';
import { Fault } from '../faults.ts';
import type { Policies } from '../policies/index.ts';
import {
  defaultServer,
  firstProfile,
  hasInstances,
  knownServer,
  loadProfiles,
  profileById,
  profileReference,
  serverOfProfile,
  type Profile,
  type ProfileReference,
  type Server,
  type ServerReference,
} from '../servers/index.ts';

/** What somebody said of the server software; what is null was left open. */
export interface ServerWish {
  readonly server: ServerReference | null;
  readonly profile: ProfileReference | null;
  readonly custody: Custody | null;
  readonly redirectUri: string | null;
}

const has = ({ profiles }: Server, id: string): boolean => profiles.some((profile) => profile.id === id);

/** The software that is meant: the one that was named, else the one of the profile, of this computer's policies, or the first. */
export function impliedServer(profile: string | null, { DefaultProfile }: Policies): Server {
  const named = profile ?? DefaultProfile;
  return named === undefined ? defaultServer() : serverOfProfile(named);
}

/** The profile of a new credential where nobody names one. @throws Fault('input.server.permissions-missing') */
export function defaultProfile(server: Server, { DefaultProfile: managed }: Policies): Profile {
  const profile = managed !== undefined && has(server, managed) ? profileById(managed) : firstProfile(server);
  if (profile === null) throw new Fault('input.server.permissions-missing', { params: { server: server.id } });
  return profile;
}

/**
 * What a new credential begins with. A list of one's own goes with every software; a shipped one with those that name it.
 *
 * @throws Fault input.server.*, input.instance.missing
 */
export function chosenServer(
  { server: named, profile, custody, redirectUri }: ServerWish,
  policies: Policies,
): Pick<CredentialRecord, 'server' | 'profile' | 'custody'> {
  const server = named === null ? impliedServer(profile?.id ?? null, policies) : knownServer(named.id);
  const instance = named?.instance ?? null;
  if (hasInstances(server) && instance === null) throw new Fault('input.instance.missing');
  if (!hasInstances(server) && instance !== null) throw new Fault('input.instance.none', { params: { server: server.id } });
  if (server.redirectUri === null && redirectUri !== null)
    throw new Fault('input.server.no-user-sign-in', { params: { server: server.id } });
  if (server.certificate === 'server' && custody === 'keyring') throw new Fault('input.server.custody', { params: { server: server.id } });
  const chosen = profile ?? defaultProfile(server, policies);
  const isShipped = loadProfiles().some(({ id }) => id === chosen.id);
  if (isShipped && !server.freePermissions && !has(server, chosen.id)) {
    const known = server.profiles.map(({ id }) => id).join(', ');
    throw new Fault('input.server.profile', { params: { profile: chosen.id, server: server.id, known } });
  }
  return {
    server: { id: server.id, instance },
    profile: profileReference(chosen),
    custody: custody ?? (server.certificate === 'server' ? 'external' : 'keyring'),
  };
}
