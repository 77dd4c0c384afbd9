import type { DatabaseSync } from 'node:sqlite';
import { factsByCertificate } from './migration-facts.ts';
import { withServer } from './migration-servers.ts';
import { withSheet } from './migration-sheet.ts';

/**
 * The schema of the one database file of a data directory, as steps. `user_version` counts the steps done; a step that
 * was released is never edited. Audit trail and leases share the file, so that one transaction can hold both.
 */
export type Migration = string | ((connection: DatabaseSync) => void);

/** `PRAGMA application_id` of our files: "TKey" in ASCII. A database without it is not ours. */
export const applicationId = 0x54_4b_65_79;

const first: Migration = `
PRAGMA application_id = ${applicationId};

-- One document per credential. The columns beside it are what the database itself has to watch over.
CREATE TABLE credential (
  id         TEXT NOT NULL PRIMARY KEY COLLATE NOCASE CHECK (id = document ->> '$.id'),
  name_key   TEXT NOT NULL,
  deleted_at TEXT CHECK (deleted_at IS document ->> '$.deletedAt'),
  document   TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
CREATE UNIQUE INDEX credential_live_name ON credential (name_key) WHERE deleted_at IS NULL;

-- Times are milliseconds since 1970-01-01T00:00:00Z.
CREATE TABLE lease (
  credential_id TEXT NOT NULL PRIMARY KEY,
  token         TEXT NOT NULL,
  program       TEXT NOT NULL,
  process       INTEGER NOT NULL,
  host          TEXT NOT NULL,
  user          TEXT NOT NULL,
  since         INTEGER NOT NULL,
  expires       INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  at             TEXT NOT NULL,
  operation      TEXT NOT NULL,
  credential_id  TEXT NOT NULL,
  tenant_id      TEXT NOT NULL,
  actor          TEXT NOT NULL,
  phase          TEXT NOT NULL CHECK (phase IN ('intent', 'done', 'failed', 'uncertain')),
  change         TEXT NOT NULL,
  step           TEXT,
  target         TEXT,
  detail         TEXT NOT NULL CHECK (json_valid(detail)),
  correlation_id TEXT
) STRICT;
CREATE INDEX audit_of_credential ON audit (credential_id, id);
CREATE INDEX audit_by_time ON audit (at);

-- Append only. The third trigger is needed because INSERT OR REPLACE deletes without firing delete triggers.
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
`;

/** Rotation: what it has come to, and the administrator's word that no other software uses the key. */
const rotation: Migration = `
UPDATE credential SET document = json_set(document, '$.usedHereOnly', json('false'), '$.rotation', json('null'));
`;

/** Moves every document. What cannot be read stays as it is: it is set aside when it is read. */
function rewrite(connection: DatabaseSync, move: (json: string) => string | null): void {
  const write = connection.prepare(
    `UPDATE credential SET document = ? WHERE id = ? AND id = document ->> '$.id' AND deleted_at IS document ->> '$.deletedAt'`,
  );
  for (const { id, document } of connection.prepare('SELECT id, document FROM credential').all()) {
    const moved = move(String(document));
    if (moved !== null) write.run(moved, String(id));
  }
}

/**
 * Rows are numbered for compare-and-set, and what is known of a certificate stands with that certificate. A lease is told from
 * a dead one by its renewals, not by the time of day.
 */
const facts: Migration = (connection) => {
  connection.exec(`
ALTER TABLE credential ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
DROP TABLE lease;
CREATE TABLE lease (
  credential_id TEXT NOT NULL PRIMARY KEY,
  token         TEXT NOT NULL,
  program       TEXT NOT NULL,
  process       INTEGER NOT NULL,
  host          TEXT NOT NULL,
  user          TEXT NOT NULL,
  -- Milliseconds since 1970-01-01T00:00:00Z, to be shown.
  since         INTEGER NOT NULL,
  -- How often its holder has renewed it.
  renewals      INTEGER NOT NULL
) STRICT;
`);
  rewrite(connection, factsByCertificate);
};

/** What is remembered of restored stores, and of the bin by a clock that is not this computer's. */
const recovery: Migration = `
-- Credentials of which their tenant may have more than is known here: the store was restored from a backup, or the row was
-- damaged and taken out. Until the tenant was read nothing of them is rotated or removed. Times are ISO 8601 UTC.
CREATE TABLE unsettled (
  credential_id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  since         TEXT NOT NULL
) STRICT;

-- Since when a credential is in the bin by the clock of a server; deleted_at is by this computer's.
CREATE TABLE bin_sighting (
  credential_id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  deleted_at    TEXT NOT NULL,
  seen_at       TEXT NOT NULL
) STRICT;
`;

/** Which kind of server software a credential is for, and the permission profiles that an administrator keeps. */
const servers: Migration = (connection) => {
  connection.exec(`
CREATE TABLE own_profile (
  id       TEXT NOT NULL PRIMARY KEY,
  document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
`);
  rewrite(connection, withServer);
};

/** The steps in the server that are done. */
const sheet: Migration = (connection) => rewrite(connection, withSheet);

/** The servers that are asked through their management interfaces, and which credential is in which. Passwords are in the keychain. */
const askedServers: Migration = `
CREATE TABLE server (
  id       TEXT NOT NULL PRIMARY KEY CHECK (id = document ->> '$.id'),
  name_key TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;

CREATE TABLE server_link (
  credential_id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  document      TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
`;

/** What Exchange administrators have read of their tenants' switches for EWS: the newest for each tenant. */
const ewsSwitches: Migration = `
CREATE TABLE ews_switch (
  tenant_id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE CHECK (tenant_id = document ->> '$.tenantId'),
  document  TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
`;

/** What Exchange administrators have found in their tenants that a move from EWS would cost: the newest for each tenant. */
const ewsLosses: Migration = `
CREATE TABLE ews_losses (
  tenant_id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE CHECK (tenant_id = document ->> '$.tenantId'),
  document  TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
`;

export const migrations: readonly Migration[] = [first, rotation, facts, recovery, servers, sheet, askedServers, ewsSwitches, ewsLosses];
