import { readCertificateFile, type Certificate } from '../../certificates/index.ts';
import { asFault, Fault } from '../../faults.ts';
import type { Clock } from '../../clock.ts';
import { nameKey, orDamaged, type CredentialRecord, type CredentialStore } from '../index.ts';
import { annotationNames, eachAnnotation, textFields, type TextFieldName } from '../fields.ts';
import { checkClientId, checkInstance, checkRedirectUri, checkTenant, type FieldCheck } from '../fields/index.ts';
import { redirectRule, serverById, type Server } from '../../servers/index.ts';
import { refused } from '../fields/field-check.ts';
import type { Candidate, Typed } from './candidate.ts';
import { trackedRecord } from './record.ts';
import type { TenantOf } from './tenants.ts';

/** What candidates are validated in view of. */
export interface KnownList {
  readonly store: CredentialStore;
  readonly clock: Clock;
}

export type TrackField = TextFieldName | 'tenant' | 'clientId' | 'certificate';

/** What speaks against a candidate, beside the field it is about; null where it is about the whole line. */
export interface Objection {
  readonly field: TrackField | null;
  readonly fault: Fault;
}

export interface Validated {
  readonly place: number;
  /** As typed, to be recognised. */
  readonly name: string;
  readonly objections: readonly Objection[];
  /** What would be stored; null where something speaks against it. */
  readonly record: CredentialRecord | null;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Nobody signs in, so of a domain Microsoft Entra ID is asked whose it is. */
async function checkTenantId({ tenant, cloud }: Typed, tenantOf: TenantOf): Promise<FieldCheck<string>> {
  if (tenant.trim() === '') return { ok: false, fault: new Fault('track.tenant-id-missing') };
  const check = checkTenant(tenant);
  return !check.ok || guid.test(check.value) ? check : tenantOf(check.value, cloud);
}

/** Domains of a list at once, in lanes: the lines are validated one after the other, and each would wait for its answer. */
const lanes = 8;

async function askAhead(candidates: readonly Candidate[], tenantOf: TenantOf): Promise<void> {
  const waiting = candidates.flatMap(({ typed }) => (typed instanceof Fault ? [] : [typed]));
  const lane = async (): Promise<void> => {
    for (let typed = waiting.shift(); typed !== undefined; typed = waiting.shift()) await checkTenantId(typed, tenantOf);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** The domain that was typed instead of an id. */
function domainOf({ tenant, tenantDomain }: Typed): string {
  const check = checkTenant(tenant);
  return tenantDomain === '' && check.ok && !guid.test(check.value) ? check.value : tenantDomain;
}

const optional = (text: string | null, rule: (text: string) => FieldCheck<string>): FieldCheck<string | null> =>
  text === null || text.trim() === '' ? { ok: true, value: null } : rule(text);

async function checkCertificate(certificate: Typed['certificate'], now: Date): Promise<FieldCheck<Certificate | null>> {
  if (typeof certificate !== 'string') return { ok: true, value: certificate };
  try {
    return { ok: true, value: await readCertificateFile(certificate, now, 'list') };
  } catch (error) {
    // One line, whatever its file does to the readers, never stops the others.
    return { ok: false, fault: asFault(error) };
  }
}

/** Which instance it is may be unknown as long as no address tells it. */
function checkInstanceOf(server: Server | null, { redirectUri, server: { instance } }: Typed): FieldCheck<string | null> {
  const open = instance === null && (redirectUri ?? '').trim() === '';
  return server === null || open ? { ok: true, value: instance } : checkInstance(server, instance ?? '');
}

/** By the rule of its software; where this version has no description of it, as any address that Microsoft takes. */
function checkUri(server: Server | null, { redirectUri, server: { instance } }: Typed): FieldCheck<string | null> {
  const rule = server === null ? 'any-path' : redirectRule(server, instance);
  return optional(redirectUri, (text) =>
    rule === null ? refused('input.server.no-user-sign-in', { server: server?.application ?? '' }) : checkRedirectUri(rule, text),
  );
}

/** Whether two credentials are one: the same application, unless two certificates of it are watched. */
function isSame(one: CredentialRecord, other: CredentialRecord): boolean {
  if (one.cloud !== other.cloud || one.tenantId !== other.tenantId) return false;
  const [mine, theirs] = [one.certificate?.thumbprintSha256, other.certificate?.thumbprintSha256];
  if (one.clientId !== null && other.clientId !== null)
    return one.clientId === other.clientId && (mine === undefined || theirs === undefined || mine === theirs);
  return mine !== undefined && mine === theirs;
}

const about = (field: TrackField | null, check: FieldCheck<unknown>): Objection[] => (check.ok ? [] : [{ field, fault: check.fault }]);

/** Of a check that is known to be good. */
const valueOf = (check: FieldCheck<string>): string => (check.ok ? check.value : '');

/** By its fields alone. */
async function validateFields({ place, typed }: Candidate, tenantOf: TenantOf, now: Date): Promise<Validated> {
  if (typed instanceof Fault) return { place, name: '', objections: [{ field: null, fault: typed }], record: null };
  const name = textFields.name.rule(typed.name);
  const annotations = eachAnnotation((each) => textFields[each].rule(typed[each]));
  const tenant = await checkTenantId(typed, tenantOf);
  const clientId = optional(typed.clientId, checkClientId);
  const certificate = await checkCertificate(typed.certificate, now);
  const server = serverById(typed.server.id);
  const instance = checkInstanceOf(server, typed);
  const redirectUri = checkUri(server, typed);
  const objections = [
    ...about('name', name),
    ...annotationNames.flatMap((each) => about(each, annotations[each])),
    ...about('tenant', tenant),
    ...about('clientId', clientId),
    ...about('certificate', certificate),
    ...about(null, instance),
    ...about(null, redirectUri),
  ];
  if (typed.clientId.trim() === '' && typed.certificate === null)
    objections.push({ field: 'clientId', fault: new Fault('track.id-or-certificate-needed') });
  const accepted = name.ok && tenant.ok && clientId.ok && certificate.ok && instance.ok && redirectUri.ok && objections.length === 0;
  const record = accepted
    ? trackedRecord(
        {
          ...typed,
          ...eachAnnotation((each) => valueOf(annotations[each])),
          name: name.value,
          tenantId: tenant.value,
          tenantDomain: domainOf(typed),
          clientId: clientId.value,
          certificate: certificate.value,
          redirectUri: redirectUri.value,
          server: { id: typed.server.id, instance: instance.value },
        },
        now,
      )
    : null;
  return { place, name: typed.name.trim(), objections, record };
}

/** @throws Fault interrupted */
function requireGoingOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new Fault('interrupted', { cause: signal.reason });
}

/**
 * Validates candidates by the dialog's field rules, each in view of the list and of those before it. Writes nothing and
 * signs in nowhere.
 *
 * @param tenantOf finds the tenant where a domain stands in place of its id
 * @param signal ends it, between two candidates
 * @throws Fault store.*, interrupted only: what speaks against a candidate stands beside it
 */
export async function validate(
  { store, clock }: KnownList,
  candidates: readonly Candidate[],
  tenantOf: TenantOf,
  signal?: AbortSignal,
): Promise<Validated[]> {
  await askAhead(candidates, tenantOf);
  // Read when the first candidate is good as such: not for every key that is typed in a form.
  let known: readonly CredentialRecord[] | null = null;
  const names = new Map<string, number>();
  const accepted: { readonly place: number; readonly record: CredentialRecord }[] = [];

  const against = (place: number, record: CredentialRecord): Objection | null => {
    const name = nameKey(record.name);
    const holder = orDamaged(() => store.withName(record.name));
    if (holder instanceof Fault) return { field: 'name', fault: holder };
    if (holder !== null)
      return { field: 'name', fault: new Fault('input.name.taken', { params: { name: holder.name, tenant: holder.tenantName } }) };
    const before = names.get(name);
    if (before !== undefined)
      return { field: 'name', fault: new Fault('track.name-twice', { params: { name: record.name, place: before } }) };
    known ??= store.list();
    const stored = known.find((each) => isSame(each, record));
    if (stored !== undefined) return { field: null, fault: new Fault('track.known', { params: { name: stored.name } }) };
    const twin = accepted.find((each) => isSame(each.record, record));
    if (twin !== undefined) return { field: null, fault: new Fault('track.application-twice', { params: { place: twin.place } }) };
    names.set(name, place);
    accepted.push({ place, record });
    return null;
  };

  const validated: Validated[] = [];
  for (const candidate of candidates) {
    requireGoingOn(signal);
    const alone = await validateFields(candidate, tenantOf, clock.now());
    const objection = alone.record === null ? null : against(alone.place, alone.record);
    validated.push(objection === null ? alone : { ...alone, objections: [objection], record: null });
  }
  requireGoingOn(signal);
  return validated;
}
