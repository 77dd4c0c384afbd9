import type { Draft, DraftAnswer, Settings } from '../../../preload/contract.ts';
import {
  buildRedirectUri,
  checkAppName,
  checkClientId,
  checkFqdn,
  checkInstance,
  checkKeySize,
  checkPort,
  checkRedirectUri,
  checkTenant,
  checkLifetime,
  type FieldCheck,
} from '../../credential/fields/index.ts';
import { Fault } from '../../faults.ts';
import type { SaveRequest } from '../../registration/index.ts';
import {
  freePermissions,
  loadProfiles,
  ownProfileId,
  parsePermission,
  profileById,
  redirectRule,
  serverById,
  type Profile,
  type ProfileReference,
  type RedirectRule,
  type ServerReference,
} from '../../servers/index.ts';
import { newCertificate, type CertificateWish } from '../../registration/certificates/new-certificate.ts';
import type { TextKey, Texts } from '../../texts/index.ts';
import { eachAnnotation, givenAnnotations, orDamaged, textFieldNames, textFields } from '../../credential/index.ts';
import type { Annotations, CredentialStore, TextFieldName } from '../../credential/index.ts';
import type { Engine } from '../../registration/index.ts';
import type { KeptCertificate } from './chosen-certificates.ts';

/** What a draft is seen with: the list, and the profiles that are kept. */
type Known = Pick<Engine, 'store' | 'profiles'>;

const otherFields = ['clientId', 'tenant', 'appName', 'instance', 'fqdn', 'port', 'permissions', 'keepAs'] as const;
type FieldName = TextFieldName | (typeof otherFields)[number];

/** A draft whose every field was accepted. */
export interface CheckedDraft {
  readonly name: string;
  readonly annotations: Partial<Annotations>;
  readonly clientId: string | null;
  readonly tenant: string | undefined;
  /** Null: the one that goes with the server software. */
  readonly appName: string | null;
  readonly redirectUri: string | null;
  readonly server: ServerReference;
}

const optional = (text: string, rule: (text: string) => FieldCheck<string>): FieldCheck<string | null> =>
  text.trim() === '' ? { ok: true, value: null } : rule(text);

/** The name rule, and that no other credential has it. */
function nameCheck(draft: Draft, store: CredentialStore): FieldCheck<string> {
  const check = textFields.name.rule(draft.name);
  if (!check.ok) return check;
  const other = orDamaged(() => store.withName(check.value));
  if (other instanceof Fault) return { ok: false, fault: other };
  return other === null || other.id === draft.id
    ? check
    : { ok: false, fault: new Fault('input.name.taken', { params: { name: other.name, tenant: other.tenantName } }) };
}

/** The rule of the software, or where this version does not describe it, what the stored address comes to. */
function ruleOf({ id, server, instance }: Draft, { store }: Known): RedirectRule | null {
  const described = serverById(server);
  if (described !== null) return redirectRule(described, instance.trim());
  const stored = id === null ? null : store.get(id)?.redirectUri;
  return stored ? { path: new URL(stored).pathname, port: Number(new URL(stored).port || 443) } : null;
}

function instanceCheck({ server, instance }: Draft): FieldCheck<string | null> {
  const described = serverById(server);
  return described === null ? { ok: true, value: instance.trim() || null } : checkInstance(described, instance);
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The permissions that were typed; null where a profile was chosen instead. */
function permissionsCheck({ server, permissions = '', profile }: Draft): FieldCheck<Profile | null> {
  if (profile !== '') return { ok: true, value: null };
  try {
    const typed = linesOf(permissions).map(parsePermission);
    if (typed.length === 0) throw new Fault('input.server.permissions-missing', { params: { server } });
    return { ok: true, value: freePermissions(typed) };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error };
    throw error;
  }
}

function checks(draft: Draft, known: Known): Record<FieldName, FieldCheck<unknown>> {
  const none = { ok: true, value: null } as const;
  const signsIn = draft.userSignIn && ruleOf(draft, known) !== null;
  return {
    name: nameCheck(draft, known.store),
    ...eachAnnotation((name) => textFields[name].rule(draft[name] ?? '')),
    clientId: optional(draft.clientId, checkClientId),
    tenant: optional(draft.tenant, checkTenant),
    appName: optional(draft.appName ?? '', checkAppName),
    instance: instanceCheck(draft),
    fqdn: signsIn ? checkFqdn(draft.fqdn) : none,
    port: signsIn ? checkPort(draft.port) : none,
    permissions: permissionsCheck(draft),
    keepAs: optional(draft.keepAs ?? '', ownProfileId),
  };
}

function redirectUriOf(draft: Draft, known: Known): FieldCheck<string | null> {
  const rule = ruleOf(draft, known);
  if (!draft.userSignIn || rule === null) return { ok: true, value: null };
  const fqdn = checkFqdn(draft.fqdn);
  const port = checkPort(draft.port);
  if (!fqdn.ok) return fqdn;
  if (!port.ok) return port;
  return checkRedirectUri(rule, buildRedirectUri(rule, fqdn.value, port.value));
}

/** A warning in one line. */
function shortly(warning: TextKey, texts: Texts): string {
  const key = `beside-field.${warning}`;
  return texts.t(texts.has(key) ? key : warning);
}

/** Where a field has room for one line, what would be right is said rather than what is wrong. */
function besideField(fault: Fault, texts: Texts): NonNullable<DraftAnswer['faults']['name']> {
  const key = `beside-field.${fault.code}`;
  return texts.has(key) ? { message: texts.t(key, fault.params), fix: '' } : texts.faultText(fault);
}

/** What the dialog shows beside its fields. */
export function checkDraft(draft: Draft, known: Known, texts: Texts): DraftAnswer {
  const faults: DraftAnswer['faults'] = {};
  const warnings: DraftAnswer['warnings'] = {};
  const found = checks(draft, known);
  for (const field of [...textFieldNames, ...otherFields]) {
    const check = found[field];
    if (!check.ok) faults[field] = besideField(check.fault, texts);
    else if (check.warning !== undefined) warnings[field] = shortly(check.warning, texts);
    else if (check.shown !== undefined) warnings[field] = texts.t('cli.shown-as', { value: check.shown });
  }
  const uri = instanceCheck(draft).ok ? redirectUriOf(draft, known) : null;
  return { faults, warnings, redirectUri: uri?.ok === true ? uri.value : null };
}

const accept = <T>(check: FieldCheck<T>): T => {
  if (!check.ok) throw check.fault;
  return check.value;
};

/**
 * Whether the name is free is left to whoever stores it: a set-up that was interrupted is continued under its name.
 *
 * @throws the fault of the first field that is not acceptable
 */
export function acceptDraft(draft: Draft, known: Known): CheckedDraft {
  const { name: _name, ...others } = checks(draft, known);
  const name = accept(textFields.name.rule(draft.name));
  for (const check of Object.values(others)) accept(check);
  return {
    name,
    annotations: givenAnnotations(draft),
    clientId: accept(optional(draft.clientId, checkClientId)),
    tenant: accept(optional(draft.tenant, checkTenant)) ?? undefined,
    appName: accept(optional(draft.appName ?? '', checkAppName)),
    redirectUri: accept(redirectUriOf(draft, known)),
    server: { id: draft.server, instance: accept(instanceCheck(draft)) },
  };
}

/**
 * The permissions behind the profile of a draft: those that were typed, which are kept where a name was given for them; a shipped
 * list; one that is kept; or the stored credential's own, which stays as it is.
 *
 * @throws Fault input.profile.*, input.permission.invalid, input.server.permissions-missing
 */
export function draftProfile(draft: Draft, { store, profiles }: Known): ProfileReference {
  const typed = accept(permissionsCheck(draft));
  const keepAs = accept(optional(draft.keepAs ?? '', ownProfileId));
  if (typed !== null) return keepAs === null ? typed : profiles.keep({ ...typed, id: keepAs });
  const { id, profile } = draft;
  if (loadProfiles().some((each) => each.id === profile)) return profileById(profile);
  const own = id === null ? undefined : store.get(id)?.profile;
  return own?.id === profile ? own : (profiles.get(profile) ?? profileById(profile));
}

/** @throws the fault of the first field that is not acceptable */
export function saveRequest(draft: Draft, kept: KeptCertificate | null, known: Known): SaveRequest {
  const { name, annotations, clientId, tenant, redirectUri, server } = acceptDraft(draft, known);
  const certificate = kept === null ? null : newCertificate(kept, kept.origin);
  return {
    id: draft.id,
    name,
    annotations,
    clientId,
    tenant: tenant ?? null,
    redirectUri,
    cloud: draft.cloud,
    // Unanswered, it waits for a certificate as for a server's own, and is asked about when it is opened again.
    custody: draft.custody ?? 'external',
    server,
    profile: draftProfile(draft, known),
    certificate,
  };
}

/** What certificates of ours are like, by the settings. @throws Fault input.* where a setting is not acceptable */
export function certificateWish({ keySize, lifetime }: Settings, now: Date): Pick<CertificateWish, 'keySize' | 'lifetime'> {
  return { keySize: accept(checkKeySize(keySize)), lifetime: accept(checkLifetime(lifetime, now)) };
}
