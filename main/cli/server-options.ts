import type { Command } from 'commander';
import { checkInstance, checkRedirectUri, checkServerAddress, type FieldCheck } from '../credential/fields/index.ts';
import type { OwnProfiles } from '../credential/index.ts';
import { Fault } from '../faults.ts';
import type { Policies } from '../policies/index.ts';
import { impliedServer } from '../registration/server-choice.ts';
import {
  chosenProfile,
  freePermissions,
  hasInstances,
  knownServer,
  loadProfiles,
  loadServers,
  parsePermission,
  redirectRule,
  type ProfileReference,
  type Server,
  type ServerReference,
} from '../servers/index.ts';
import type { Texts } from '../texts/index.ts';
import { textOption } from './global-options.ts';
import type { VerbContext } from './program.ts';
import { hasKept, withStore } from './session.ts';
import { optionConflict, optionValue, repeated } from './option-value.ts';

type Options = Readonly<Record<string, unknown>>;

/** `--server`, `--instance`, `--profile` and `--permission`: which software, and what it may do. */
export function withServerOptions(command: Command, { t }: Texts): Command {
  return command
    .option('--server <software>', t('cli.option.server'), optionValue('--server'))
    .option('--instance <id>', t('cli.option.instance'), optionValue('--instance'))
    .option('--profile <profile>', t('cli.option.profile'), optionValue('--profile'))
    .option('--permission <api/value>', t('cli.option.permission'), repeated('--permission'));
}

/**
 * The permissions that were chosen, by a profile or one by one; null where nothing was said.
 *
 * @param own `later` while what is kept is not open yet: then also for an id that only it can know; `none` where nothing is kept
 * @throws Fault input.profile.*, input.permission.invalid, input.option.conflict
 */
export async function profileOption(options: Options, own: Pick<OwnProfiles, 'get'> | 'later' | 'none'): Promise<ProfileReference | null> {
  const profile = textOption(options, 'profile');
  const permissions = Array.isArray(options['permission']) ? options['permission'].map(String) : [];
  if (profile !== undefined && permissions.length > 0) throw optionConflict('--profile', '--permission');
  if (permissions.length > 0) return freePermissions(permissions.map(parsePermission));
  if (profile === undefined) return null;
  const isFileOrShipped = /\.json$/i.test(profile) || loadProfiles().some(({ id }) => id === profile);
  if (own === 'later') return isFileOrShipped ? chosenProfile(profile) : null;
  return chosenProfile(profile, (id) => (own === 'none' ? null : own.get(id)));
}

/** The software that is meant: the one named, that of the profile, or of permissions of one's own the one that takes any. */
export function serverOption(options: Options, policies: Policies): Server {
  const named = textOption(options, 'server');
  if (named !== undefined) return knownServer(named);
  const free = options['permission'] === undefined ? undefined : loadServers().find(({ freePermissions: any }) => any);
  return free ?? impliedServer(textOption(options, 'profile') ?? null, policies);
}

/**
 * The options with the software of the server that holds the credential, where nobody named another: which it is, its own interface
 * told.
 *
 * @throws Fault server.unknown
 */
export async function withLinkedSoftware(options: Options, command: Command, context: VerbContext): Promise<Options> {
  const name = textOption(options, 'mailstore');
  if (name === undefined || options['server'] !== undefined) return options;
  if (!hasKept(command, context)) throw new Fault('server.unknown', { params: { name } });
  let kind: Server['management'] = null;
  await withStore(command, context, ({ servers }) => {
    ({ kind } = servers.find(name));
    return Promise.resolve();
  });
  const software = loadServers().find(({ management }) => management !== null && management === kind);
  return software === undefined ? options : { ...options, server: software.id };
}

/** @throws Fault input.instance.* */
export function serverReference(server: Server, options: Options): ServerReference {
  const instance = textOption(options, 'instance');
  if (instance !== undefined && !hasInstances(server)) throw new Fault('input.instance.none', { params: { server: server.id } });
  const checked = checkInstance(server, instance ?? '');
  if (!checked.ok) throw checked.fault;
  return { id: server.id, instance: checked.value };
}

/**
 * From `--redirect-uri`, or built of `--fqdn` and `--port` by the rule of the software; null with `--no-sign-in`, and where the
 * software has no sign-in of users.
 *
 * @throws Fault input.option.*, input.server.no-user-sign-in
 */
export function redirectUriOption(server: Server, { instance }: ServerReference, options: Options): FieldCheck<string> | null {
  const uri = textOption(options, 'redirectUri');
  const fqdn = textOption(options, 'fqdn');
  const port = textOption(options, 'port');
  const given = [uri && '--redirect-uri', fqdn && '--fqdn', port && '--port'].find(Boolean);
  const rule = redirectRule(server, instance);
  if (options['signIn'] === false) {
    if (given) throw optionConflict('--no-sign-in', given);
    return null;
  }
  if (rule === null) {
    if (given) throw new Fault('input.server.no-user-sign-in', { params: { server: server.id } });
    return null;
  }
  if (uri !== undefined && (fqdn !== undefined || port !== undefined))
    throw optionConflict('--redirect-uri', fqdn === undefined ? '--port' : '--fqdn');
  if (uri !== undefined) return checkRedirectUri(rule, uri);
  if (fqdn === undefined) throw new Fault('input.option.missing', { params: { option: '--fqdn, --no-sign-in' } });
  return checkServerAddress(rule, fqdn, port ?? String(rule.port));
}
