import type { AppFacts, Output } from '../../../preload/contract.ts';
import type { OwnProfiles } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { findPermissions, moveTargets } from '../../registration/index.ts';
import { usesEws } from '../../registration/ews.ts';
import { profileNotices } from '../../registration/run/notices.ts';
import {
  hasInstances,
  isFree,
  loadProfiles,
  loadServers,
  permissionText,
  serverOfProfile,
  type Profile,
  type ProfileReference,
} from '../../servers/index.ts';
import { said, type Texts } from '../../texts/index.ts';
import type { Handlers } from '../router.ts';
import type { RequestContext } from './context.ts';
import { profileName } from './migration-view.ts';
import { silentRun } from './silent-run.ts';

function profileView(profile: Profile, own: boolean, texts: Texts): AppFacts['profiles'][number] {
  const told = (key: string) => (texts.has(key) ? texts.t(key) : '');
  const { id, permissions } = profile;
  const name = told(`profile.${id}.name`);
  const [target] = usesEws(profile) && !own ? moveTargets({ server: { id: serverOfProfile(id).id, instance: null } }) : [];
  return {
    id,
    name: own || name === '' ? id : name,
    description: own ? '' : told(`profile.${id}.description`),
    notices: profileNotices(profile, texts).map((notice) => notice.text),
    own,
    permissions: permissions.filter(({ type }) => type === 'Role').map(permissionText),
    ...(target === undefined
      ? {}
      : { instead: { id: target.id, short: profileName(target.id, 'short', texts), needs: told(`profile.${target.id}.needs`) } }),
  };
}

/** The kinds of server software in words. */
export function serverViews(texts: Texts): AppFacts['servers'] {
  return loadServers().map((server) => ({
    id: server.id,
    name: said(`server.${server.id}.name`, texts),
    userSignIn: server.redirectUri !== null,
    instances: hasInstances(server),
    port: server.redirectUri === null ? '' : String(server.redirectUri.port),
    certificate: server.certificate,
    custody: {
      server: said(server.custody.server, texts),
      external: said(server.custody.external, texts),
      keyring: said(server.custody.keyring, texts),
    },
    signInPlace: server.signInPlace === null ? '' : said(server.signInPlace, texts),
    application: server.application,
    renewal: server.renewal.map((key) => said(key, texts)),
    freePermissions: server.freePermissions,
    asked: server.management !== null,
    profiles: server.profiles.map(({ id }) => id),
    sheet: server.sheet.map((step) =>
      'part' in step
        ? {
            id: step.id,
            part: step.part,
            keyring: said(step.texts.keyring, texts),
            external: said(step.texts.external, texts),
            waiting: said(step.texts.waiting, texts),
            instead: said(step.texts.instead, texts),
          }
        : {
            id: step.id,
            text: said(step.text, texts),
            place: step.place === null ? '' : said(step.place, texts),
            warning: step.warning === null ? '' : said(step.warning, texts),
            check: step.check,
            values: [...step.values],
            link: step.link,
            userSignIn: step.userSignIn,
            profiles: [...step.profiles],
          },
    ),
  }));
}

/** Of a credential, in nobody's list. */
function storedView({ id, version, permissions }: ProfileReference, texts: Texts): AppFacts['profiles'][number] {
  const described = permissions.map((each) => ({ ...each, source: null, until: null }));
  const view = profileView({ id, version, permissions: described, unconfirmed: false, checks: [] }, false, texts);
  return isFree(id) ? { ...view, name: texts.t('profile.chosen', { count: view.permissions.length }) } : view;
}

/** Those that come with the product, then those that are kept here. */
export const profileViews = (kept: Pick<OwnProfiles, 'list'>, texts: Texts): Output<'profiles:list'> => [
  ...loadProfiles().map((profile) => profileView(profile, false, texts)),
  ...kept.list().map((profile) => profileView(profile, true, texts)),
];

type ProfileChannel = 'profiles:list' | 'profiles:remove' | 'permissions:find' | 'permissions:cancel';

/** Requests about the permission profiles that are kept here, and about what can be in one. */
export function createProfileHandlers(context: RequestContext): Pick<Handlers, ProfileChannel> {
  const { services, settings } = context;
  let search = new AbortController();
  return {
    'permissions:find': async ({ tenant, cloud }) => {
      search.abort();
      const { signal } = (search = new AbortController());
      const signInClientId = settings.read().signInClientId.trim();
      const run = {
        ...silentRun(context),
        signal,
        ...(tenant.trim() === '' ? {} : { tenant: tenant.trim() }),
        ...(signInClientId === '' ? {} : { signInClientId }),
      };
      const found = await findPermissions(services().engine, cloud, '', run).catch((error: unknown) => {
        throw signal.aborted ? new Fault('interrupted', { cause: error }) : error;
      });
      return found.map(({ resource, value, displayName, ...rest }) => ({
        permission: permissionText({ ...rest, value }),
        resource,
        value,
        displayName,
      }));
    },
    'permissions:cancel': () => {
      search.abort();
      return Promise.resolve(null);
    },
    'profiles:list': ({ credential }) => {
      const { profiles, store, texts } = services().engine;
      const views = profileViews(profiles, texts);
      const stored = credential === null ? undefined : store.get(credential)?.profile;
      const own = stored === undefined || views.some(({ id }) => id === stored.id) ? [] : [storedView(stored, texts)];
      return Promise.resolve([...views, ...own]);
    },
    'profiles:remove': ({ id }) => {
      services().engine.profiles.remove(id);
      return Promise.resolve(null);
    },
  };
}
