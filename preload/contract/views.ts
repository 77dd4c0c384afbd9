import { z } from 'zod';

/* What the requests and events are made of: plain JSON, no secrets. */

export const id = z.uuid();
export const typed = z.string().max(4096);
export const time = z.iso.datetime();
/** Without its folder; no file system takes a longer one. */
export const fileName = z.string().min(1).max(255);

const credentialState = z.enum([
  'proven',
  'set-up',
  'confirmed',
  'waiting-certificate',
  'waiting-consent',
  'waiting-replication',
  'needs-attention',
  'never-checked',
]);
const custody = z.enum(['keyring', 'external']);
export const cloud = z.enum(['global', 'gcch', 'dod', 'china', 'bleu', 'delos']);
export const language = z.enum(['en', 'fr', 'de']);

/** A fault as the window shows it, in its language. */
export const faultView = z.strictObject({
  code: z.string(),
  message: z.string(),
  fix: z.string(),
  retryable: z.boolean(),
  correlationId: z.string(),
});

export const certificateView = z.strictObject({
  thumbprint: z.string(),
  thumbprintSha256: z.string(),
  /** Base64url of the SHA-1: the head of a token (RFC 7515, section 4.1.7). */
  x5t: z.string(),
  subject: z.string(),
  keySize: z.int(),
  notBefore: time,
  notAfter: time,
});

/** One of several keys in a file, by what people see of it. */
export const keyInFile = z.strictObject({ alias: z.string().nullable(), subject: z.string(), thumbprint: z.string() });

/** A certificate with its key, as main keeps it for a dialog, and how many certificates of its chain. */
export const importedCertificate = z.strictObject({ certificate: id, facts: certificateView, chain: z.int() });

/** Files of a dialog, by their names, and what is wanted of the person to read them. */
export const pemFile = z.strictObject({ file: id, name: z.string(), key: z.string().nullable(), needs: z.enum(['key', 'password']) });

/** The latest replacement of a certificate. */
export const rotationView = z.strictObject({
  from: certificateView.nullable(),
  to: z.string(),
  overlapDays: z.int(),
  timeline: z.array(
    z.strictObject({
      state: z.enum(['created', 'published', 'proven', 'handed-over', 'removing', 'old-removed', 'rolled-back']),
      at: time,
    }),
  ),
  /** What is to be done now; `wait` until `removableFrom`. */
  next: z.enum(['publish', 'handover', 'wait', 'remove', 'nothing']),
  removableFrom: time.nullable(),
  canRollBack: z.boolean(),
});

/** The way from EWS to another permission profile: what may be begun, the move that is under way, or the one that has ended. */
export const migrationView = z.strictObject({
  /** Where it goes, in two words. */
  target: z.string(),
  timeline: z.array(
    z.strictObject({ state: z.enum(['begun', 'granted', 'proven', 'handed-over', 'ews-removed', 'rolled-back']), at: time }),
  ),
  /** What is to be done now. */
  next: z.enum(['begin', 'grant', 'handover', 'finish', 'nothing']),
  canGoBack: z.boolean(),
});

/** What an administrator writes about a credential, beside its name. */
export const annotation = z.enum(['customer', 'notes']);
const annotations = { customer: z.string(), notes: z.string() };
const typedAnnotations = { customer: typed.exactOptional(), notes: typed.exactOptional() };

/** That the server uses the certificate, for the current permissions: the administrator's word, the server's own, or both. */
const handover = z.strictObject({
  confirmedAt: time,
  /** The administrator; where nobody confirmed it, the server. */
  by: z.string(),
  word: z.enum(['administrator', 'server']).exactOptional(),
  thumbprint: z.string(),
  /** What the server itself showed: a run that archived with this certificate; null while none is known. */
  server: z
    .strictObject({
      name: z.string(),
      instance: z.string().nullable(),
      archived: z.strictObject({ items: z.int(), completedAt: z.string(), seenAt: time }).nullable(),
    })
    .exactOptional(),
});

/** One row of the credential manager. */
export const credentialRow = z.strictObject({
  id,
  name: z.string(),
  ...annotations,
  cloud,
  tenantId: z.string(),
  tenantName: z.string(),
  tenantDomain: z.string(),
  clientId: z.string().nullable(),
  redirectUri: z.string().nullable(),
  /** Id of the kind of server software, and which of its instances. */
  server: z.string(),
  instance: z.string().nullable(),
  /** The server that holds it and can be asked; absent where none is known. */
  inServer: z.strictObject({ id, name: z.string(), instance: z.string().nullable() }).exactOptional(),
  profile: z.string(),
  custody,
  certificate: certificateView.nullable(),
  state: credentialState,
  /** Why it needs attention, in a few words; null in every other state. */
  reason: z.string().nullable(),
  provenAt: time.nullable(),
  handover: handover.nullable(),
  rotation: rotationView.nullable(),
  /** Absent where it neither uses EWS nor has moved away from it. */
  migration: migrationView.exactOptional(),
  /** Steps of its server's sheet that are done, by their ids: by somebody's word, or by what was seen. */
  sheet: z.record(z.string(), z.strictObject({ by: z.enum(['person', 'evidence']), at: time })),
  /** The administrator's word that no other software uses the key. */
  usedHereOnly: z.boolean(),
  /** The application was there before; its registration is never deleted from here. */
  adopted: z.boolean(),
  deletedAt: time.nullable(),
  /** Deleted together with its registration, so that restoring it signs somebody in. */
  registrationDeleted: z.boolean(),
});

const planLine = z.strictObject({ change: z.string(), step: z.string(), reason: z.string(), removes: z.boolean() });
/** Of a plan that is shown: what it adds in a few words, and what kind of thing that is; both empty where the reason has to be read. */
const plannedLine = planLine.extend({ name: z.string(), note: z.string() });
const findingLine = z.strictObject({ finding: z.string(), id: z.string(), text: z.string(), acceptable: z.boolean() });
const certificateSide = z.strictObject({ thumbprint: z.string(), notBefore: time, notAfter: time });
export const check = z.strictObject({
  check: z.string(),
  name: z.string(),
  result: z.enum(['passed', 'failed', 'pending', 'not-testable']),
  evidence: z.string(),
  /** Our certificate beside the tenant's entry, as read; null there when it is not in the application. */
  compared: z.strictObject({ here: certificateSide, there: certificateSide.nullable() }).exactOptional(),
  /** When it passed last, where it is not testable now. */
  passedAt: time.exactOptional(),
  /** Code of the fault that is its reason. */
  fault: z.string().exactOptional(),
});

/** What a run over one credential ended with. */
export const reportView = z.strictObject({
  credential: credentialRow,
  plan: z.array(planLine),
  findings: z.array(findingLine),
  proof: z.strictObject({ ok: z.boolean(), state: credentialState, checks: z.array(check) }).nullable(),
});

export const auditLine = z.strictObject({
  at: time,
  actor: z.string(),
  phase: z.string(),
  step: z.string().nullable(),
  change: z.string(),
  target: z.string().nullable(),
  credential: z.string(),
});

/** The dialog Azure AD App Credentials as typed; main validates it. */
export const draft = z.strictObject({
  id: id.nullable(),
  name: typed,
  /** Those that were typed; the others stay as they are. */
  ...typedAnnotations,
  clientId: typed,
  /** Id or domain. */
  tenant: typed,
  /** Null while nobody has answered who makes the certificate; a set-up needs the answer. */
  custody: custody.nullable(),
  /** Display name of a new application; empty: the one that goes with the server software. */
  appName: typed.exactOptional(),
  fqdn: typed,
  port: typed,
  /** False where users do not sign in with Microsoft. */
  userSignIn: z.boolean(),
  /** Id of the kind of server software; the instance is empty where it has none. */
  server: typed,
  instance: typed,
  /** Empty: permissions of one's own in its place. */
  profile: typed,
  /** One in a line as API/VALUE, and the id under which they are kept; empty: they are not. */
  permissions: typed.exactOptional(),
  keepAs: typed.exactOptional(),
  cloud,
});

export const fieldFault = z.strictObject({ message: z.string(), fix: z.string() });
const draftFields = [
  'name',
  ...annotation.options,
  'clientId',
  'tenant',
  'appName',
  'instance',
  'fqdn',
  'port',
  'permissions',
  'keepAs',
] as const;

/** Faults by field, and what the fields come to. */
export const draftAnswer = z.strictObject({
  faults: z.partialRecord(z.enum(draftFields), fieldFault),
  warnings: z.partialRecord(z.enum(draftFields), z.string()),
  redirectUri: z.string().nullable(),
});

/** Add existing…: one credential as typed; main validates it. */
export const trackDraft = z.strictObject({ name: typed, tenant: typed, clientId: typed, cloud, certificate: id.nullable() });
/** Fields of such a credential, in the form as in a file. */
export const trackField = z.enum(['name', ...annotation.options, 'tenant', 'clientId', 'certificate']);

/** One line of a file of existing credentials; `problem` says why it cannot be added. */
export const trackLine = z.strictObject({
  line: z.int(),
  name: z.string(),
  tenant: z.string(),
  certificate: certificateView.nullable(),
  problem: z.string().nullable(),
});

/** A file of existing credentials, by the name that main has for it. */
export const trackFile = z.strictObject({ file: id, name: z.string(), lines: z.array(trackLine) });

export const setupEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('line'),
    step: z.string(),
    text: z.string(),
    outcome: z.enum(['doing', 'done', 'refused', 'waiting']),
    /** Of a change, as the plan named it. */
    name: z.string().exactOptional(),
  }),
  /** Somebody has to type this code at the address, on any device. */
  z.strictObject({ kind: z.literal('code'), userCode: z.string(), address: z.string(), expiresAt: time }),
  z.strictObject({ kind: z.literal('signed-in'), username: z.string(), tenantId: z.string(), mayConsent: z.boolean() }),
  z.strictObject({
    kind: z.literal('preview'),
    tenant: z.strictObject({ id: z.string(), displayName: z.string(), defaultDomain: z.string() }),
    username: z.string(),
    mayConsent: z.boolean(),
    plan: z.array(plannedLine),
    findings: z.array(findingLine),
    /** Of all this; whoever applies the plan names it. */
    hash: z.string(),
  }),
  /** Somebody is signed in; the certificate that the server just made is wanted (`rotation:certificate`). */
  z.strictObject({ kind: z.literal('certificate-wanted') }),
  /** The work is done and somebody is still signed in: `setup:publish` or `setup:leave`. `fault`: why the last of it did not work;
   * `added`: scopes that this session has added to the consent of the client that signs in. */
  z.strictObject({ kind: z.literal('stays'), report: reportView, fault: faultView.nullable(), added: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('ended'), report: reportView }),
  /** The same for what was about no credential. */
  z.strictObject({ kind: z.literal('over') }),
  z.strictObject({ kind: z.literal('failed'), fault: faultView }),
]);
