import { z } from 'zod';
import { check, credentialRow, faultView, id, time, typed } from './views.ts';

/* Servers that are asked through their management interfaces. A password that was typed goes in, none comes out. */

/** A server that is kept here. */
export const askedServer = z.strictObject({
  id,
  name: z.string(),
  kind: z.enum(['server', 'spe']),
  /** `https://HOST:PORT`. */
  address: z.string(),
  user: z.string(),
  /** SHA-256 of the certificate that was accepted; null where this computer trusts it. */
  sha256: z.string().nullable(),
  version: z.string(),
  /** Ids of its instances; none where it has none. */
  instances: z.array(z.string()),
  lastContact: time,
  /** In the keychain; typed in this session; or still to be typed (`server:password`). */
  password: z.enum(['kept', 'session', 'wanted']),
});

/** A certificate that nobody has accepted yet: nothing was sent. The answer is the same request with its SHA-256 as `pin`. */
export const shownCertificate = z.strictObject({
  host: z.string(),
  port: z.int(),
  sha256: z.string(),
  sha1: z.string(),
  notBefore: time,
  notAfter: time,
  /** SHA-256 of the one that was accepted before; null where there was none. */
  expected: z.string().nullable(),
});

/** What a connection came to. */
const connected = z.union([z.strictObject({ server: askedServer }), z.strictObject({ certificate: shownCertificate })]);

const pin = z
  .string()
  .regex(/^[0-9A-F]{64}$/)
  .nullable();
const password = z.string().max(1024);

/** One archive: the whole server (`instance` null), or one instance. Times of runs are in the server's own zone. */
const archive = z.union([
  z.strictObject({
    instance: z.string().nullable(),
    credentials: z.array(
      z.strictObject({
        id: z.int(),
        name: z.string(),
        clientId: z.string(),
        tenantId: z.string(),
        thumbprint: z.string(),
        notAfter: time,
        selected: z.boolean(),
        /** Id of the credential here with the same application and tenant ID. */
        credential: z.string().nullable(),
      }),
    ),
    redirectUri: z.string().nullable(),
    lastRun: z.strictObject({ result: z.string(), itemsArchived: z.int(), completedAt: z.string() }).nullable(),
    failingSince: z.string().nullable(),
  }),
  z.strictObject({ instance: z.string().nullable(), fault: faultView }),
]);

/** What the server says of a credential, and the sheet with the ticks that follow from it (`credential.sheet`, `by: 'evidence'`). */
const serverWord = z.strictObject({
  credential: credentialRow,
  server: z.string(),
  at: time,
  /** `server-…`; empty where it could not be asked. */
  checks: z.array(check),
  /**
   * Custody external: a certificate that the server has made and that is not the one here. It cannot archive until that one is
   * published: its file is wanted. `first`: none is here yet.
   */
  made: z.strictObject({ thumbprint: z.string(), notAfter: time, first: z.boolean() }).nullable(),
  /** Its directory services are not those of Microsoft 365 yet: the switch can rename users, so whoever needs archiving only leaves them. */
  wouldSwitchDirectory: z.boolean(),
  /** Why it says nothing. `server.password-missing`: type it (`server:password`). */
  fault: faultView.nullable(),
});

/** What is to be done in servers; over by now what a credential's server has shown since. */
const serverFindings = z.array(
  z.strictObject({
    finding: z.enum(['expired', 'expiring', 'other-certificate', 'failing-after-move', 'failing', 'empty', 'not-asked']),
    server: id,
    /** Server, instance and credential there, as they are called. */
    place: z.string(),
    text: z.string(),
    /** Id of the credential here; null where it is about the whole archive, or nobody added it. */
    credential: z.string().nullable(),
    askedAt: time,
  }),
);

export const askedServerRequests = {
  /** The servers that are kept, by name. */
  'server:list': {
    in: z.null(),
    out: z.strictObject({ servers: z.array(askedServer), forbidden: z.boolean(), keepsPasswords: z.boolean() }),
  },
  /** Connects, and keeps it once it answered. `keepPassword` false: asked in each session. */
  'server:add': {
    in: z.strictObject({ name: typed, address: typed, user: typed, password, keepPassword: z.boolean(), pin }),
    out: connected,
  },
  /** Changes what is given. Another address wants the password anew. */
  'server:set': {
    in: z.strictObject({
      id,
      name: typed.exactOptional(),
      address: typed.exactOptional(),
      user: typed.exactOptional(),
      password: password.exactOptional(),
      keepPassword: z.boolean().exactOptional(),
      pin: pin.exactOptional(),
    }),
    out: connected,
  },
  /** Connects with this password, and remembers it until the program ends. */
  'server:password': { in: z.strictObject({ id, password }), out: connected },
  /** Connects with what is kept. */
  'server:test': { in: z.strictObject({ id }), out: connected },
  /** Forgets it with its password and every link to it. */
  'server:remove': { in: z.strictObject({ id }), out: z.null() },
  /** What it holds; of an SPE one instance, or each (`instance` null). */
  'server:show': {
    in: z.strictObject({ id, instance: z.string().max(200).nullable() }),
    out: z.strictObject({ server: askedServer, archives: z.array(archive) }),
  },
  /** Opens a save dialog for what it offers and how its answers are made, without values. Null when nothing was chosen. */
  'server:save-recording': { in: z.strictObject({ id }), out: z.strictObject({ path: z.string() }).nullable() },
  /** Which server, and which of its instances, holds a credential. */
  'server:link': { in: z.strictObject({ credential: id, server: id, instance: z.string().max(200).nullable() }), out: credentialRow },
  'server:unlink': { in: z.strictObject({ credential: id }), out: credentialRow },
  /** Asks the server that holds a credential, now: for the sheet while it is open (every few seconds, one after the other). */
  'server:ask': { in: z.strictObject({ credential: id }), out: serverWord },
  /**
   * Test Settings of its directory services: a dry run, on request only, where this version offers one and no users are deleted.
   * `answer` is the server's, as it came.
   */
  'server:test-users': { in: z.strictObject({ credential: id }), out: z.strictObject({ check, answer: z.string().nullable() }) },
  /** The redirect address seen from this computer: its name, its port, its certificate. */
  'server:test-address': { in: z.strictObject({ credential: id }), out: z.strictObject({ check }) },
  /**
   * Adds every credential of Microsoft 365 that it holds, of all running instances: in the cloud of its tenant where that is here
   * already, else in that of the settings. One at a time; goes on where it was interrupted.
   */
  'server:take-over': {
    in: z.strictObject({ id }),
    out: z.strictObject({
      added: z.array(z.strictObject({ instance: z.string().nullable(), credential: credentialRow })),
      /** In both. */
      known: z.array(z.strictObject({ instance: z.string().nullable(), name: z.string(), credential: id })),
      /** One credential there, or a whole instance (`name` null), that could not be taken. */
      refused: z.array(z.strictObject({ instance: z.string().nullable(), name: z.string().nullable(), fault: faultView })),
      /** Here, linked with this server, and not there. */
      missing: z.array(z.strictObject({ instance: z.string().nullable(), name: z.string(), credential: id })),
      /** Profiles that archive by EWS, where that could be read. */
      ews: z.array(z.strictObject({ instance: z.string().nullable(), profile: z.string() })),
      /** Each archive that answered. */
      archives: z.array(z.strictObject({ instance: z.string().nullable(), version: z.string(), profilesRead: z.boolean() })),
    }),
  },
  /** What the servers are in need of, by what they said when they were asked last (once a day); nobody is asked. */
  'server:findings': { in: z.null(), out: serverFindings },
  /** Asks one server now what is asked once a day, and answers the same of all of them. */
  'server:look': { in: z.strictObject({ id }), out: serverFindings },
  'server:cancel': { in: z.null(), out: z.null() },
} as const;

export const askedServerEvents = {
  /** Instances that a take-over has asked. */
  'server:progress': z.strictObject({ server: id, done: z.int(), total: z.int() }),
} as const;
