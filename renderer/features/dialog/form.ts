import type { Server } from '../../bridge/servers.ts';
import type { CertificateFacts } from '../../parts/certificate-facts.tsx';
import type { AppFacts, CredentialRow, Draft, DraftAnswer, FaultView, Output, Settings } from '../../../preload/contract.ts';

export type Field = keyof DraftAnswer['faults'];
/** In the order of the dialog: the first one that is wrong gets the focus. The annotations come last. */
const fixed = [
  'name',
  'clientId',
  'tenant',
  'instance',
  'fqdn',
  'port',
  'appName',
  'permissions',
  'keepAs',
] as const satisfies readonly Field[];
const isFixed = (field: Field): field is (typeof fixed)[number] => fixed.some((each) => each === field);
export const fieldsOf = (annotations: readonly Annotation[]): readonly Field[] => [...fixed, ...annotations.map(({ field }) => field)];

/** A text that an administrator writes about a credential, as main describes it. */
export type Annotation = AppFacts['annotations'][number];
export type Profile = AppFacts['profiles'][number];
export type Custody = NonNullable<Draft['custody']>;

/** A certificate that main keeps for this dialog; `certificate` is its name there. */
export type KeptCertificate = NonNullable<Output<'certificate:choose'>>;

/** One that came with its key, out of a file. */
export type ImportedCertificate = Extract<Output<'pfx:read'>, { readonly certificate: string }>;

export type CertificateSlot =
  | { readonly kind: 'none' }
  | { readonly kind: 'creating' }
  /** Not tried again by itself. */
  | { readonly kind: 'failed' }
  /** The credential's own. */
  | { readonly kind: 'stored'; readonly facts: CertificateFacts }
  /** Made or imported since the dialog was opened. */
  | ({ readonly kind: 'new'; readonly chain?: number } & KeptCertificate);

export interface Form {
  readonly draft: Draft;
  /** What the dialog was opened over; annotations that were not typed are its own. */
  readonly stored: CredentialRow | null;
  /** Those that can be chosen; of another software they are left out where they are shown. */
  readonly profiles: readonly Profile[];
  readonly fields: readonly Field[];
  /** Who makes the certificate where nobody has chosen in this dialog; null: nobody has answered yet. */
  readonly answered: Custody | null;
  /** What new credentials begin with. */
  readonly usual: Pick<Settings, 'profile' | 'cloud'>;
  /** Fields that were left: only these show what is wrong with them. */
  readonly left: readonly Field[];
  /** Main's last validation, and the draft it is about; it may be a moment older than what was typed since. */
  readonly answer: DraftAnswer | null;
  readonly validated: Draft | null;
  /** Why main refused to store the draft, where that is about one field; later validation do not take it back. */
  readonly refusal: { readonly field: Field; readonly fault: FaultView; readonly draft: Draft } | null;
  /** One per answer to who holds the key, so that looking at the other answer loses nothing. */
  readonly certificates: Readonly<Record<Custody, CertificateSlot>>;
}

const none: CertificateSlot = { kind: 'none' };

/** What a draft becomes with another software: its own port, its first profile, and who makes the certificate there. */
export function ofServer(
  { port, userSignIn, custody, permissions = '' }: Pick<Draft, 'port' | 'userSignIn' | 'custody' | 'permissions'>,
  server: Server,
  before: Server,
  answered: Custody | null,
): Partial<Draft> {
  return {
    server: server.id,
    instance: '',
    port: port === before.port || port === '' ? server.port : port,
    userSignIn: server.userSignIn && (userSignIn || !before.userSignIn),
    // An answer that was the only one was nobody's choice.
    custody: server.certificate === 'server' ? 'external' : before.certificate === 'server' ? answered : custody,
    profile: server.profiles[0] ?? '',
    permissions,
  };
}

const answeredIn = ({ custody }: Pick<Settings, 'custody'>): Custody | null => (custody === 'ask' ? null : custody);

/** @param servers the software that is described; one that makes its certificate itself leaves nothing to choose */
export function newForm(
  settings: Settings,
  annotations: readonly Annotation[] = [],
  profiles: readonly Profile[] = [],
  servers: readonly Server[] = [],
): Form {
  const { server, fqdn, port, profile, cloud } = settings;
  const answered = answeredIn(settings);
  const described = servers.find(({ id }) => id === server);
  const custody = described?.certificate === 'server' ? 'external' : answered;
  const userSignIn = described?.userSignIn !== false;
  const draft: Draft = {
    id: null,
    name: '',
    clientId: '',
    tenant: '',
    custody,
    server,
    instance: '',
    fqdn,
    port,
    userSignIn,
    profile,
    cloud,
  };
  return {
    draft,
    stored: null,
    profiles,
    fields: fieldsOf(annotations),
    answered,
    usual: { profile: settings.profile, cloud: settings.cloud },
    left: [],
    answer: null,
    validated: null,
    refusal: null,
    certificates: { keyring: none, external: none },
  };
}

/**
 * A credential that was stored before anybody said who makes the certificate: it waits for one, and nobody has answered since.
 */
const isOpen = ({ custody, certificate, state }: CredentialRow, answered: Custody | null): boolean =>
  answered === null && custody === 'external' && certificate === null && state === 'waiting-certificate';

/** The dialog over a stored credential. Where users do not sign in, server and port begin as the settings have them. */
export function storedForm(
  row: CredentialRow,
  settings: Settings,
  annotations: readonly Annotation[] = [],
  profiles: readonly Profile[] = [],
): Form {
  const { fqdn, port } = settings;
  const answered = answeredIn(settings);
  const uri = row.redirectUri === null ? null : new URL(row.redirectUri);
  const { id, name, custody, profile, cloud } = row;
  const address = uri === null ? { fqdn, port } : { fqdn: uri.hostname, port: uri.port || '443' };
  const draft: Draft = {
    id,
    name,
    clientId: row.clientId ?? '',
    tenant: row.tenantId || row.tenantDomain,
    custody: isOpen(row, answered) ? null : custody,
    server: row.server,
    instance: row.instance ?? '',
    ...address,
    userSignIn: uri !== null,
    profile,
    cloud,
  };
  const slot: CertificateSlot = row.certificate === null ? none : { kind: 'stored', facts: row.certificate };
  return {
    draft,
    stored: row,
    profiles,
    fields: fieldsOf(annotations),
    answered,
    usual: { profile: settings.profile, cloud: settings.cloud },
    left: [],
    answer: null,
    validated: null,
    refusal: null,
    certificates: { keyring: none, external: none, [custody]: slot },
  };
}

export const currentCertificate = ({ draft, certificates }: Form): CertificateSlot =>
  draft.custody === null ? none : certificates[draft.custody];

/** Name of the certificate that goes along with the draft; null where main has the right one already, or makes it. */
export function certificateToSend(form: Form): string | null {
  const slot = currentCertificate(form);
  return slot.kind === 'new' ? slot.certificate : null;
}

/** What is said beside a field: only once it was left, and only about what stands in it now. `code`: of a fault that came later, by OK. */
export function saidOf(
  { draft, validated, answer, refusal, left }: Form,
  field: Field,
): { readonly fault: string | null; readonly warning: string | null; readonly code?: string } {
  if (refusal?.field === field && refusal.draft[field] === draft[field]) {
    const { message, fix, code } = refusal.fault;
    return { fault: `${message} ${fix}`, warning: null, code };
  }
  if (!left.includes(field) || validated?.[field] !== draft[field]) return { fault: null, warning: null };
  const fault = answer?.faults[field];
  return { fault: fault === undefined ? null : `${fault.message} ${fault.fix}`.trim(), warning: answer?.warnings[field] ?? null };
}

/** What stands in a field: what was typed, of an annotation else what is stored. */
export const valueOf = ({ draft, stored }: Form, field: Field): string =>
  isFixed(field) ? (draft[field] ?? '') : (draft[field] ?? stored?.[field] ?? '');

export const firstFault = (answer: DraftAnswer, fields: readonly Field[]): Field | null =>
  fields.find((field) => answer.faults[field] !== undefined) ?? null;

/** Why a set-up cannot begin yet. */
export type Obstacle =
  | { readonly kind: 'wrong'; readonly count: number }
  | { readonly kind: 'empty'; readonly fields: readonly Field[] }
  | { readonly kind: 'custody' };

/**
 * What stands in the way of a set-up, as far as main has said it of what stands in the fields now: first what is shown as wrong, then
 * what is empty, then the question that nobody has answered. Null where nothing is known to.
 */
export function obstacleOf(form: Form): Obstacle | null {
  const { draft, validated, answer, fields, left } = form;
  const wrong = fields.filter((field) => saidOf(form, field).fault !== null);
  if (wrong.length > 0) return { kind: 'wrong', count: wrong.length };
  const empty = fields.filter(
    (field) =>
      !left.includes(field) &&
      valueOf(form, field).trim() === '' &&
      answer?.faults[field] !== undefined &&
      validated?.[field] === draft[field],
  );
  if (empty.length > 0) return { kind: 'empty', fields: empty };
  return draft.custody === null ? { kind: 'custody' } : null;
}

const advancedFields = (fields: readonly Field[]): readonly Field[] =>
  fields.filter((field) => !isFixed(field) || field === 'appName' || field === 'permissions' || field === 'keepAs');

/** Whether something under Advanced is wrong, or is to get the focus because of it. */
export const hasAdvancedFault = (form: Form, focus: Field | null): boolean =>
  advancedFields(form.fields).some((field) => field === focus || saidOf(form, field).fault !== null);

/** Whether everything under Advanced is as it is for most: nothing typed, and what new credentials begin with. */
export function isAdvancedUsual(form: Form, server: Server): boolean {
  const { draft, usual, fields } = form;
  return (
    draft.profile !== '' &&
    (draft.profile === usual.profile || draft.profile === server.profiles[0]) &&
    draft.cloud === usual.cloud &&
    draft.userSignIn === server.userSignIn &&
    advancedFields(fields).every((field) => valueOf(form, field) === '')
  );
}
