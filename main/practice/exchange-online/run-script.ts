import { notSimulatedText } from '../not-simulated.ts';
import type { PracticeAnswer, PracticeTenant, World } from '../world.ts';
import { mailboxWith } from './mailboxes.ts';
import { applicationRoles, exchangeOf, takesImap, type ApplicationRole, type PracticeExchange } from './settings.ts';

/** What a script for an Exchange administrator names, as far as it is simulated. */
interface Script {
  readonly kind: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly objectId: string;
  readonly scopeName: string;
  readonly mailboxes: readonly string[];
  readonly group: string;
  readonly roles: readonly string[];
}

/** A literal of PowerShell; a quotation mark in it is written twice. */
const literal = "'((?:[^']|'')*)'";
const unquoted = (text: string | undefined): string => (text ?? '').replaceAll("''", "'");

function readScript(text: string): Script {
  const value = (pattern: string): string => unquoted(new RegExp(pattern, 'm').exec(text)?.[1]);
  const variable = (name: string): string => value(`^\\$${name} = ${literal}`);
  const [, listed = ''] = /\[string\[\]\] \$Mailbox = @\(([^)]*)\)/.exec(text) ?? [];
  return {
    kind: value(`kind = ${literal}`),
    tenantId: variable('tenantId'),
    appId: variable('appId'),
    objectId: variable('objectId'),
    scopeName: variable('scopeName'),
    mailboxes: [...listed.matchAll(new RegExp(literal, 'g'))].map(([, address]) => unquoted(address).toLowerCase()),
    group: value(`\\[string\\] \\$Group = ${literal}`),
    roles: [...text.matchAll(new RegExp(`Role = ${literal}; Name = `, 'g'))].map(([, role]) => unquoted(role)),
  };
}

const isKnownRole = (role: string): role is ApplicationRole => applicationRoles.some((each) => each === role);

const registered = ({ servicePrincipals }: PracticeExchange, appId: string) =>
  servicePrincipals.find((each) => each.appId === appId) ?? null;

const filterOf = (mailboxes: readonly string[]): string =>
  mailboxes.map((address) => `PrimarySmtpAddress -eq '${address.replaceAll("'", "''")}'`).join(' -or ');

function imapState(tenant: PracticeTenant, { appId, objectId, mailboxes }: Script): object {
  const exchange = exchangeOf(tenant);
  return {
    servicePrincipal: registered(exchange, appId),
    mailboxes: mailboxes.map((address) => {
      const found = mailboxWith(tenant, address) !== undefined;
      const fullAccess = exchange.mailboxPermissions.some((each) => each.objectId === objectId && each.mailbox === address);
      const reason = found ? null : `The operation couldn't be performed because object '${address}' couldn't be found.`;
      return { address, found, fullAccess: found && fullAccess, imapEnabled: found && takesImap(tenant, address), reason };
    }),
  };
}

function scopeState(tenant: PracticeTenant, { appId, scopeName, roles }: Script): object {
  const exchange = exchangeOf(tenant);
  const own = exchange.roleAssignments.filter((each) => each.appId === appId);
  const ours = own.filter(({ scope }) => scope === scopeName);
  const [first] = ours;
  return {
    servicePrincipal: registered(exchange, appId),
    scope: first === undefined ? null : { name: scopeName, filter: filterOf(first.mailboxes ?? []) },
    assigned: roles.filter((role) => ours.some((each) => each.role === role)),
    held: own.map(({ role, scope, mailboxes }) => ({ role, scope: scope ?? (mailboxes === null ? 'Organization' : 'another scope') })),
  };
}

/** With the service principal, where Exchange does not know it yet: as `New-ServicePrincipal` takes whatever object id it is given. */
const withPrincipal = (exchange: PracticeExchange, { appId, objectId }: Script): PracticeExchange =>
  registered(exchange, appId) === null
    ? { ...exchange, servicePrincipals: [...exchange.servicePrincipals, { appId, objectId }] }
    : exchange;

function opened(tenant: PracticeTenant, script: Script): PracticeExchange {
  const exchange = withPrincipal(exchangeOf(tenant), script);
  const { objectId, mailboxes } = script;
  const closed = mailboxes.filter(
    (mailbox) =>
      mailboxWith(tenant, mailbox) !== undefined &&
      !exchange.mailboxPermissions.some((each) => each.objectId === objectId && each.mailbox === mailbox),
  );
  return { ...exchange, mailboxPermissions: [...exchange.mailboxPermissions, ...closed.map((mailbox) => ({ mailbox, objectId }))] };
}

function scoped(tenant: PracticeTenant, script: Script): PracticeExchange {
  const exchange = withPrincipal(exchangeOf(tenant), script);
  const { appId, scopeName: scope, mailboxes, roles } = script;
  const others = exchange.roleAssignments.filter((each) => each.appId !== appId || each.scope !== scope);
  const assigned = roles.filter(isKnownRole).map((role) => ({ appId, role, mailboxes, scope }));
  return { ...exchange, roleAssignments: [...others, ...assigned] };
}

/** Addresses of the tenant's mailboxes of which this is true, sorted. */
const mailboxesWith = ({ users }: PracticeTenant, is: (address: string) => boolean): string[] =>
  users.flatMap(({ mail }) => (typeof mail === 'string' && is(mail.toLowerCase()) ? [mail.toLowerCase()] : [])).toSorted();

/** What cannot be archived without EWS; the script for it changes nothing. */
function lossesOf(tenant: PracticeTenant): object {
  const { mailboxes, publicFolders = 0 } = exchangeOf(tenant);
  return {
    archives: mailboxesWith(tenant, (address) => mailboxes[address]?.archive === true),
    publicFolders,
    withoutImap: mailboxesWith(tenant, (address) => !takesImap(tenant, address)),
  };
}

const notSimulated = (what: string): PracticeAnswer => ({
  status: 501,
  body: { error: 'not_simulated', error_description: notSimulatedText(what) },
});
const stopped = (why: string): PracticeAnswer => ({ status: 409, body: { error: 'script_stopped', error_description: why } });

/**
 * Stands in for an Exchange administrator who runs one of the scripts that open mailboxes, or that looks for what a move loses: reads what is filled in, does it, and answers
 * with the document that the script would have written. PowerShell itself is not simulated, nor is any other script.
 */
export function runScript(text: string, whatIf: boolean, tenant: PracticeTenant, world: World): PracticeAnswer {
  const script = readScript(text);
  const { kind, tenantId, appId, objectId, mailboxes, group, roles } = script;
  if (kind === 'losses') {
    if (tenantId !== tenant.id) return stopped(`Signed in to tenant ${tenant.id}, and meant is ${tenantId}.`);
    return { status: 200, body: { version: 1, kind, tenantId, at: world.now().toISOString(), whatIf, ...lossesOf(tenant) } };
  }
  if (kind !== 'imap' && kind !== 'rbac') return notSimulated('this script');
  if (group !== '') return notSimulated('a group of mailboxes');
  const unknown = roles.find((role) => !isKnownRole(role));
  if (unknown !== undefined) return notSimulated(`the role ${unknown}`);
  if (tenantId !== tenant.id) return stopped(`Signed in to tenant ${tenant.id}, and meant is ${tenantId}.`);
  if (mailboxes.length === 0) return stopped('No mailbox is named. Nothing was changed.');
  const known = registered(exchangeOf(tenant), appId);
  if (known !== null && known.objectId !== objectId)
    return stopped(`Exchange knows the application by the object id ${known.objectId}, and the enterprise application has ${objectId}.`);
  const state = kind === 'imap' ? imapState : scopeState;
  const before = state(tenant, script);
  if (!whatIf) {
    tenant.exchange = kind === 'imap' ? opened(tenant, script) : scoped(tenant, script);
    world.changed();
  }
  const about = { version: 1, kind, tenantId, at: world.now().toISOString(), whatIf, appId, objectId };
  const filter = kind === 'rbac' ? { filter: filterOf(mailboxes) } : {};
  return { status: 200, body: { ...about, ...filter, before, after: state(tenant, script), undo: [] } };
}
