import type { DraftAnswer, FaultView, Draft, Output } from '../../../preload/contract.ts';
import {
  currentCertificate,
  firstFault,
  type CertificateSlot,
  type Custody,
  type Field,
  type Form,
  type ImportedCertificate,
  type KeptCertificate,
  type Profile,
} from './form.ts';
import type { CertificateFacts } from '../../parts/certificate-facts.tsx';

/** One of several keys of a PFX. */
export type KeyName = Extract<Output<'pfx:read'>, { readonly keys: unknown }>['keys'][number];

/** A certificate in PEM whose key, or its password, is still to come. */
export type PemFile = Extract<NonNullable<Output<'pem:choose'>>, { readonly needs: unknown }>;

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
  'track.tenant-unknown': 'tenant',
  'track.tenant-unresolved': 'tenant',
  'input.name.taken': 'name',
};

export const editing = (form: Form): DialogState => ({ at: 'editing', form, fault: null, focus: null });

function withSlot(form: Form, custody: Custody, slot: CertificateSlot): Form {
  return { ...form, certificates: { ...form.certificates, [custody]: slot } };
}

/** A fault of one field stands beside it, any other above the buttons. */
function withFault(form: Form, fault: FaultView): DialogState {
  const field = fieldOf[fault.code];
  if (field === undefined) return { at: 'editing', form, fault, focus: null };
  return { at: 'editing', form: { ...form, refusal: { field, fault, draft: form.draft } }, fault: null, focus: field };
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
