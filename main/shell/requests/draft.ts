import type { Draft, DraftAnswer, Settings } from '../../../preload/contract.ts';
import {
  buildRedirectUri,
  checkClientId,
  checkFqdn,
  checkKeySize,
  checkPort,
  checkRedirectUri,
  checkTenant,
  checkLifetime,
  type FieldCheck,
} from '../../credential/fields/index.ts';
import { Fault } from '../../faults.ts';
import type { SaveRequest } from '../../registration/index.ts';
import { loadProfiles, profileById } from '../../profiles/index.ts';
import { newCertificate, type CertificateWish } from '../../registration/certificates/new-certificate.ts';
import type { Texts } from '../../texts/index.ts';
import type { ProfileReference } from '../../profiles/index.ts';
import { eachAnnotation, givenAnnotations, orDamaged, textFieldNames, textFields } from '../../credential/index.ts';
import type { Annotations, CredentialStore, TextFieldName } from '../../credential/index.ts';
import type { KeptCertificate } from './chosen-certificates.ts';

type FieldName = TextFieldName | 'clientId' | 'tenant' | 'fqdn' | 'port';

/** A draft whose every field was accepted. */
export interface CheckedDraft {
  readonly name: string;
  readonly annotations: Partial<Annotations>;
  readonly clientId: string | null;
  readonly tenant: string | undefined;
  readonly redirectUri: string | null;
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

function checks(draft: Draft, store: CredentialStore): Record<FieldName, FieldCheck<unknown>> {
  return {
    name: nameCheck(draft, store),
    ...eachAnnotation((name) => textFields[name].rule(draft[name] ?? '')),
    clientId: optional(draft.clientId, checkClientId),
    tenant: optional(draft.tenant, checkTenant),
    fqdn: draft.userSignIn ? checkFqdn(draft.fqdn) : { ok: true, value: null },
    port: draft.userSignIn ? checkPort(draft.port) : { ok: true, value: null },
  };
}

function redirectUriOf(draft: Draft): FieldCheck<string | null> {
  if (!draft.userSignIn) return { ok: true, value: null };
  const fqdn = checkFqdn(draft.fqdn);
  const port = checkPort(draft.port);
  if (!fqdn.ok) return fqdn;
  if (!port.ok) return port;
  return checkRedirectUri(buildRedirectUri(fqdn.value, port.value));
}

/** What the dialog shows beside its fields. */
export function checkDraft(draft: Draft, store: CredentialStore, texts: Texts): DraftAnswer {
  const faults: DraftAnswer['faults'] = {};
  const warnings: DraftAnswer['warnings'] = {};
  for (const field of [...textFieldNames, 'clientId', 'tenant', 'fqdn', 'port'] as const) {
    const check = checks(draft, store)[field];
    if (!check.ok) faults[field] = texts.faultText(check.fault);
    else if (check.warning !== undefined) warnings[field] = texts.t(check.warning);
    else if (check.shown !== undefined) warnings[field] = texts.t('cli.shown-as', { value: check.shown });
  }
  const uri = redirectUriOf(draft);
  return { faults, warnings, redirectUri: uri.ok ? uri.value : null };
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
export function acceptDraft(draft: Draft, store: CredentialStore): CheckedDraft {
  const { name: _name, ...others } = checks(draft, store);
  const name = accept(textFields.name.rule(draft.name));
  for (const check of Object.values(others)) accept(check);
  return {
    name,
    annotations: givenAnnotations(draft),
    clientId: accept(optional(draft.clientId, checkClientId)),
    tenant: accept(optional(draft.tenant, checkTenant)) ?? undefined,
    redirectUri: accept(redirectUriOf(draft)),
  };
}

/**
 * The permissions behind the profile of a draft: a shipped list, or the stored credential's own, which came from a file.
 *
 * @throws Fault('input.profile.unknown')
 */
export function draftProfile({ id, profile }: Draft, store: CredentialStore): ProfileReference {
  const own = id === null ? undefined : store.get(id)?.profile;
  const shipped = loadProfiles().some((each) => each.id === profile);
  return own?.id === profile && !shipped ? own : profileById(profile);
}

/** @throws the fault of the first field that is not acceptable */
export function saveRequest(draft: Draft, kept: KeptCertificate | null, store: CredentialStore): SaveRequest {
  const { name, annotations, clientId, tenant, redirectUri } = acceptDraft(draft, store);
  const certificate = kept === null ? null : newCertificate(kept, kept.origin);
  return {
    id: draft.id,
    name,
    annotations,
    clientId,
    tenant: tenant ?? null,
    redirectUri,
    cloud: draft.cloud,
    custody: draft.custody,
    profile: draftProfile(draft, store),
    certificate,
  };
}

/** What certificates of ours are like, by the settings. @throws Fault input.* where a setting is not acceptable */
export function certificateWish({ keySize, lifetime }: Settings, now: Date): Pick<CertificateWish, 'keySize' | 'lifetime'> {
  return { keySize: accept(checkKeySize(keySize)), lifetime: accept(checkLifetime(lifetime, now)) };
}
