import type { Server } from '../../app/servers.ts';
import type { AppFacts, CredentialRow, Draft, DraftAnswer, FaultView, Output, Settings } from '../../../preload/contract.ts';

export type Field = keyof DraftAnswer['faults'];
/** In the order of the dialog: the first one that is wrong gets the focus. The annotations come last. */
const fixed = ['instance', 'name', 'clientId', 'tenant', 'fqdn', 'port', 'permissions', 'keepAs'] as const satisfies readonly Field[];
const isFixed = (field: Field): field is (typeof fixed)[number] => fixed.some((each) => each === field);
export const fieldsOf = (annotations: readonly Annotation[]): readonly Field[] => [...fixed, ...annotations.map(({ field }) => field)];

/** A text that an administrator writes about a credential, as main describes it. */
export type Annotation = AppFacts['annotations'][number];
export type Profile = AppFacts['profiles'][number];
export type Custody = Draft['custody'];
export type CertificateFacts = NonNullable<CredentialRow['certificate']>;

/** A certificate that main keeps for this dialog; `certificate` is its name there. */
export type KeptCertificate = NonNullable<Output<'certificate:choose'>>;

/** One that came with its key, out of a file. */
export type ImportedCertificate = Extract<Output<'pfx:read'>, { readonly certificate: string }>;

/** One of several keys of a PFX. */
export type KeyName = Extract<Output<'pfx:read'>, { readonly keys: unknown }>['keys'][number];

/** A certificate in PEM whose key, or its password, is still to come. */
export type PemFile = Extract<NonNullable<Output<'pem:choose'>>, { readonly needs: unknown }>;

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
  /** Fields that were left: only these show what is wrong with them. */
  readonly left: readonly Field[];
  /** Main's last validation, and the draft it is about; it may be a moment older than what was typed since. */
  readonly answer: DraftAnswer | null;
  readonly validated: Draft | null;
  /** Why main refused to store the draft, where that is about one field; later validation do not take it back. */
  readonly refusal: { readonly field: Field; readonly said: string; readonly draft: Draft } | null;
  /** One per answer to who holds the key, so that looking at the other answer loses nothing. */
  readonly certificates: Readonly<Record<Custody, CertificateSlot>>;
}

/** `ok` stores what was typed; `set-up` goes on to the sign-in. */
export type Way = 'ok' | 'set-up';

export type DialogState = { readonly form: Form } & (
  | { readonly at: 'editing'; readonly fault: FaultView | null; readonly focus: Field | null }
  | { readonly at: 'submitting'; readonly way: Way }
  | { readonly at: 'confirming-import'; readonly chosen: KeptCertificate }
  | { readonly at: 'importing-pfx'; readonly file: NonNullable<Output<'pfx:choose'>> }
  | { readonly at: 'importing-pem'; readonly file: PemFile }
  | { readonly at: 'exporting' }
  | { readonly at: 'details'; readonly facts: CertificateFacts }
);

export type DialogAction =
  | { readonly type: 'typed'; readonly change: Partial<Draft> }
  | { readonly type: 'left'; readonly field: Field }
  | { readonly type: 'validated'; readonly draft: Draft; readonly answer: DraftAnswer }
  | { readonly type: 'creating' }
  | { readonly type: 'created'; readonly made: KeptCertificate }
  | { readonly type: 'create-failed'; readonly fault: FaultView }
  | { readonly type: 'chosen'; readonly chosen: KeptCertificate }
  | { readonly type: 'import-confirmed' }
  | { readonly type: 'pfx-chosen'; readonly file: NonNullable<Output<'pfx:choose'>> }
  | { readonly type: 'pem-chosen'; readonly file: PemFile }
  | { readonly type: 'imported'; readonly made: ImportedCertificate }
  | { readonly type: 'export' }
  | { readonly type: 'details' }
  | { readonly type: 'dismissed' }
  | { readonly type: 'submit'; readonly way: Way }
  | { readonly type: 'refused'; readonly answer: DraftAnswer }
  | { readonly type: 'profiles'; readonly profiles: readonly Profile[]; readonly otherwise: string }
  | { readonly type: 'failed'; readonly fault: FaultView };

/** Faults of the whole dialog that are about one field. */
const fieldOf: Readonly<Record<string, Field>> = {
  'credential.client-id-needed': 'clientId',
  'credential.tenant-id-needed': 'tenant',
  'input.name.taken': 'name',
};

const none: CertificateSlot = { kind: 'none' };

/** What a draft becomes with another software: its own port, its first profile, and who makes the certificate there. */
export function ofServer(
  { port, userSignIn, custody, permissions = '' }: Pick<Draft, 'port' | 'userSignIn' | 'custody' | 'permissions'>,
  server: Server,
  before: Server,
): Partial<Draft> {
  return {
    server: server.id,
    instance: '',
    port: port === before.port || port === '' ? server.port : port,
    userSignIn: server.userSignIn && (userSignIn || !before.userSignIn),
    // An answer that was the only one was nobody's choice.
    custody: server.certificate === 'server' ? 'external' : before.certificate === 'server' ? 'keyring' : custody,
    profile: server.profiles[0] ?? '',
    permissions,
  };
}

export function newForm(
  { server, fqdn, port, profile, cloud }: Settings,
  annotations: readonly Annotation[] = [],
  profiles: readonly Profile[] = [],
): Form {
  const identity = { id: null, name: '', clientId: '', tenant: '', custody: 'keyring' } as const;
  const draft: Draft = { ...identity, server, instance: '', fqdn, port, userSignIn: true, profile, cloud };
  const empty = { left: [], answer: null, validated: null, refusal: null };
  return { draft, stored: null, profiles, fields: fieldsOf(annotations), ...empty, certificates: { keyring: none, external: none } };
}

/** The dialog over a stored credential. Where users do not sign in, server and port begin as the settings have them. */
export function storedForm(
  row: CredentialRow,
  { fqdn, port }: Settings,
  annotations: readonly Annotation[] = [],
  profiles: readonly Profile[] = [],
): Form {
  const uri = row.redirectUri === null ? null : new URL(row.redirectUri);
  const { id, name, custody, profile, cloud } = row;
  const address = uri === null ? { fqdn, port } : { fqdn: uri.hostname, port: uri.port || '443' };
  const draft: Draft = {
    id,
    name,
    clientId: row.clientId ?? '',
    tenant: row.tenantId || row.tenantDomain,
    custody,
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
    left: [],
    answer: null,
    validated: null,
    refusal: null,
    certificates: { keyring: none, external: none, [custody]: slot },
  };
}

export const editing = (form: Form): DialogState => ({ at: 'editing', form, fault: null, focus: null });

export const currentCertificate = ({ draft, certificates }: Form): CertificateSlot => certificates[draft.custody];

/** Name of the certificate that goes along with the draft; null where main has the right one already, or makes it. */
export function certificateToSend(form: Form): string | null {
  const slot = currentCertificate(form);
  return slot.kind === 'new' ? slot.certificate : null;
}

/** What is said beside a field: only once it was left, and only about what stands in it now. */
export function saidOf(
  { draft, validated, answer, refusal, left }: Form,
  field: Field,
): { readonly fault: string | null; readonly warning: string | null } {
  if (refusal?.field === field && refusal.draft[field] === draft[field]) return { fault: refusal.said, warning: null };
  if (!left.includes(field) || validated?.[field] !== draft[field]) return { fault: null, warning: null };
  const fault = answer?.faults[field];
  return { fault: fault === undefined ? null : `${fault.message} ${fault.fix}`, warning: answer?.warnings[field] ?? null };
}

/** What stands in a field: what was typed, of an annotation else what is stored. */
export const valueOf = ({ draft, stored }: Form, field: Field): string =>
  isFixed(field) ? (draft[field] ?? '') : (draft[field] ?? stored?.[field] ?? '');

export const firstFault = (answer: DraftAnswer, fields: readonly Field[]): Field | null =>
  fields.find((field) => answer.faults[field] !== undefined) ?? null;

function withSlot(form: Form, custody: Custody, slot: CertificateSlot): Form {
  return { ...form, certificates: { ...form.certificates, [custody]: slot } };
}

/** A fault of one field stands beside it, any other above the buttons. */
function withFault(form: Form, fault: FaultView): DialogState {
  const field = fieldOf[fault.code];
  if (field === undefined) return { at: 'editing', form, fault, focus: null };
  const refusal = { field, said: `${fault.message} ${fault.fix}`, draft: form.draft };
  return { at: 'editing', form: { ...form, refusal }, fault: null, focus: field };
}

export function dialogReducer(state: DialogState, action: DialogAction): DialogState {
  const { form } = state;
  switch (action.type) {
    case 'typed':
      return editing({ ...form, draft: { ...form.draft, ...action.change } });
    case 'left':
      return form.left.includes(action.field) ? state : { ...state, form: { ...form, left: [...form.left, action.field] } };
    case 'validated':
      // An answer about what was typed before the last key would flicker.
      return action.draft === form.draft ? { ...state, form: { ...form, answer: action.answer, validated: form.draft } } : state;
    case 'creating':
      return { ...state, form: withSlot(form, 'keyring', { kind: 'creating' }) };
    case 'created':
      // What was imported meanwhile stays.
      if (form.certificates.keyring.kind === 'new') return state;
      return { ...state, form: withSlot(form, 'keyring', { kind: 'new', ...action.made }) };
    case 'create-failed':
      return { at: 'editing', form: withSlot(form, 'keyring', { kind: 'failed' }), fault: action.fault, focus: null };
    case 'chosen':
      return { at: 'confirming-import', form, chosen: action.chosen };
    case 'import-confirmed': {
      if (state.at !== 'confirming-import') return state;
      const external = { ...form, draft: { ...form.draft, custody: 'external' as const } };
      return editing(withSlot(external, 'external', { kind: 'new', ...state.chosen }));
    }
    case 'pfx-chosen':
      return { at: 'importing-pfx', form, file: action.file };
    case 'pem-chosen':
      return { at: 'importing-pem', form, file: action.file };
    case 'imported':
      return editing(withSlot({ ...form, draft: { ...form.draft, custody: 'keyring' } }, 'keyring', { kind: 'new', ...action.made }));
    case 'export':
      return { at: 'exporting', form };
    case 'details': {
      const slot = currentCertificate(form);
      return slot.kind === 'new' || slot.kind === 'stored' ? { at: 'details', form, facts: slot.facts } : state;
    }
    case 'dismissed':
      return editing(form);
    case 'submit':
      return { at: 'submitting', form, way: action.way };
    case 'refused':
      return {
        at: 'editing',
        form: { ...form, answer: action.answer, validated: form.draft, left: form.fields },
        fault: null,
        focus: firstFault(action.answer, form.fields),
      };
    case 'profiles': {
      const { profiles, otherwise } = action;
      const known = profiles.some(({ id }) => id === form.draft.profile) || form.draft.profile === '';
      return { ...state, form: { ...form, profiles, draft: known ? form.draft : { ...form.draft, profile: otherwise } } };
    }
    case 'failed':
      return withFault(form, action.fault);
    default: {
      const never: never = action;
      return never;
    }
  }
}
