/**
 * Pages that stand in for MailStore Client, so that the half of the guide that happens in MailStore can be clicked through: the
 * Credential Manager with its dialog, directory services and archiving profiles (G4–G9, G16). They stand on the origin of the
 * practice tenant below `/practice/mailstore`, on this computer alone.
 */
import { html, nothing, type Html } from '../../../html.ts';
import type { PracticeAnswer, PracticeRequest } from '../../world.ts';
import type { PracticeArchiveServer } from '../server.ts';
import { createProfile, heldCredential, newCredential, runProfile, setDirectoryServices, type DialogAnswer, type Form } from './actions.ts';
import { credentialNamed, type Desk } from './desk.ts';
import { answerOf, goTo, notFound, root } from './page.ts';
import { credentialDialog, credentialManager, directoryServices, profiles } from './views.ts';

export { root as clientPath } from './page.ts';

/** Answers what is asked below `/practice/mailstore`. */
export type ClientPages = (request: PracticeRequest) => Promise<PracticeAnswer>;

const products = { server: 'MailStore Server', spe: 'MailStore Service Provider Edition' } as const;
const interfaces = { server: 'MailStore Administration API', spe: 'Management API' } as const;

const navigation = ({ path }: Desk, here: string) =>
  [
    { text: 'Directory Services', at: 'directory-services' },
    { text: 'Credential Manager', at: 'credentials' },
    { text: 'Archive Email', at: 'profiles' },
  ].map(({ text, at }) => ({ text, path: `${path}/${at}`, here: at === here }));

function pageOf(desk: Desk, at: string, content: Html): PracticeAnswer {
  const { notice, kind, instance } = desk;
  desk.notice = null;
  const window = kind === 'server' ? `MailStore Client – ${products.server}` : `MailStore Client – instance ${instance.id}`;
  const links = navigation(desk, at);
  return answerOf({ title: links.find(({ here }) => here)?.text ?? window, window, navigation: links, notice }, content);
}

/** What somebody needs who adds these servers elsewhere, and the way into each archive. */
function overview(servers: readonly PracticeArchiveServer[], desks: readonly Desk[]): PracticeAnswer {
  const parts = servers.map((server) => {
    const { kind, url, user, password, sha256 } = server.describe();
    const links = desks
      .filter((desk) => desk.kind === kind)
      .map(({ path, instance }) => {
        const text = kind === 'server' ? 'Open MailStore Client' : `Open MailStore Client of ${instance.id}`;
        return html`<a class="button" href="${path}/directory-services">${text}</a> `;
      });
    return html`<h2>${products[kind]}</h2>
      <p>${interfaces[kind]}:</p>
      <dl>
        <dt>Address</dt>
        <dd><code>${url}</code></dd>
        <dt>User</dt>
        <dd><code>${user}</code></dd>
        <dt>Password</dt>
        <dd><code>${password}</code></dd>
        <dt>Certificate, SHA-256</dt>
        <dd><code>${sha256}</code></dd>
      </dl>
      <p>${links}</p>`;
  });
  const content = html`<h1>Practice servers</h1>
    ${parts.length === 0 ? html`<p>There are none.</p>` : nothing} ${parts}`;
  return answerOf({ title: 'Practice servers', window: 'MailStore', navigation: [], notice: null }, content);
}

const formOf = (body: unknown): Form =>
  typeof body === 'object' && body !== null
    ? Object.fromEntries(Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
    : {};

async function createDialog(desk: Desk, answer: DialogAnswer | null): Promise<PracticeAnswer> {
  if (answer !== null && 'status' in answer) return answer;
  desk.made ??= await desk.console.makeCertificate();
  const entry = answer?.entry ?? { name: '', clientId: '', tenantId: '' };
  return pageOf(desk, 'credentials', credentialDialog({ desk, of: 'new', entry, certificate: desk.made.certificate }));
}

function editDialog(desk: Desk, id: string, answer: DialogAnswer | null): PracticeAnswer {
  if (answer !== null && 'status' in answer) return answer;
  const held = credentialNamed(desk, id);
  if (held === null) return notFound;
  return pageOf(desk, 'credentials', credentialDialog({ desk, of: id, entry: answer?.entry ?? held, certificate: held.certificate }));
}

/** One page of one archive. @param at path below it, without a slash before */
async function deskAnswer(desk: Desk, method: string, at: string, form: Form): Promise<PracticeAnswer> {
  const [page = '', item] = at.split('/');
  const post = method === 'POST';
  if (page === 'directory-services' && item === undefined)
    return post ? setDirectoryServices(desk, form) : pageOf(desk, page, directoryServices(desk));
  if (page === 'profiles') {
    if (item === undefined) return post ? createProfile(desk, form) : pageOf(desk, page, profiles(desk));
    return post ? runProfile(desk, Number(item)) : notFound;
  }
  if (page !== 'credentials') return notFound;
  if (item === undefined) {
    // Another dialog for a new credential makes another certificate (G6).
    if (post) desk.made = null;
    return post ? goTo(`${desk.path}/credentials/new`) : pageOf(desk, page, credentialManager(desk));
  }
  if (item === 'new') return createDialog(desk, post ? await newCredential(desk, form) : null);
  if (credentialNamed(desk, item) === null) return notFound;
  return editDialog(desk, item, post ? await heldCredential(desk, Number(item), form) : null);
}

/** @param mailboxOf a mailbox of a tenant, by its id, to be suggested for a profile; empty = none */
export function clientPages(servers: readonly PracticeArchiveServer[], mailboxOf: (tenantId: string) => string): ClientPages {
  const desks = servers.flatMap((server): Desk[] => {
    const { kind, instances } = server.describe();
    const archives = kind === 'server' ? [''] : instances;
    return archives.map((id) => ({
      kind,
      instance: server.instance(id),
      console: server.console(id),
      path: kind === 'server' ? `${root}/server` : `${root}/spe/${id}`,
      mailboxOf,
      made: null,
      created: null,
      notice: null,
    }));
  });
  return async ({ method, path, body, headers }) => {
    if (method !== 'GET' && method !== 'POST') return { status: 405, headers: { allow: 'GET, POST' } };
    // A page of the internet can send a form here, and a browser says that it was that page.
    const { origin, host } = headers;
    if (method === 'POST' && origin !== undefined && origin !== `http://${host ?? ''}`) return { status: 403 };
    if (method === 'GET' && (path === root || path === `${root}/`)) return overview(servers, desks);
    if (method === 'GET' && path === `${root}/servers`) return { status: 200, body: servers.map((server) => server.describe()) };
    const desk = desks.find((each) => path === each.path || path.startsWith(`${each.path}/`));
    if (desk === undefined) return notFound;
    if (path === desk.path) return goTo(`${desk.path}/directory-services`);
    return deskAnswer(desk, method, path.slice(desk.path.length + 1), formOf(body));
  };
}
