import { html, nothing, type Html } from '../../../html.ts';
import type { Certificate } from '../../../certificates/index.ts';
import { protocols, type FinishedRun, type HeldCredential } from '../instance.ts';
import { credentialNamed, type Desk } from './desk.ts';

const checked = (on: boolean): Html => (on ? { html: 'checked' } : nothing);
const selected = (on: boolean): Html => (on ? { html: 'selected' } : nothing);
const day = (iso: string): string => iso.slice(0, 10);
const moment = (time: number): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const options = (desk: Desk, chosen: number | null): Html[] =>
  desk.instance.credentials.map(({ id, name }) => html`<option value="${String(id)}" ${selected(id === chosen)}>${name}</option>`);

/** Administrative Tools > Users and Archives > Directory Services (G4, G9, G16). */
export function directoryServices(desk: Desk): Html {
  const { instance, path, created } = desk;
  const now = instance.directoryServices;
  const chosen = created ?? now?.credentialId ?? null;
  return html`<h1>Directory Services</h1>
    <p class="where">Administrative Tools &gt; Users and Archives &gt; Directory Services</p>
    <form method="post" action="${path}/directory-services">
      <fieldset>
        <legend>Integration</legend>
        <div class="field">
          <label for="type">Directory Service Type</label>
          <select id="type" name="type">
            <option value="internal" ${selected(now === null && created === null)}>MailStore-internal users only</option>
            <option value="microsoft-365" ${selected(now !== null || created !== null)}>Microsoft 365 (Modern Authentication)</option>
          </select>
        </div>
      </fieldset>
      <fieldset>
        <legend>Connection</legend>
        <div class="field">
          <label for="credential">Credentials</label>
          <span class="with">
            <select id="credential" name="credential">
              <option value="">–</option>
              ${options(desk, chosen)}
            </select>
            <a class="button small" href="${path}/credentials" title="Credential Manager" aria-label="Credential Manager">…</a>
          </span>
        </div>
      </fieldset>
      <fieldset>
        <legend>User Database Synchronization</legend>
        <label class="check">
          <input type="checkbox" name="deleteUsers" value="yes" ${checked(now?.deleteUsers === true)} /> Automatically delete users in
          MailStore
        </label>
      </fieldset>
      <fieldset>
        <legend>Authentication</legend>
        <div class="field">
          <label for="redirectUri">Redirect URI</label>
          <input type="text" id="redirectUri" name="redirectUri" value="${now?.redirectUrl ?? ''}" autocomplete="off" spellcheck="false" />
        </div>
      </fieldset>
      <div class="actions">
        <button class="primary" name="act" value="save">Save</button>
        <button name="act" value="test">Test Settings</button>
        <button name="act" value="synchronize">Synchronize Now</button>
      </div>
    </form>`;
}

/** The Credential Manager: the list, and what can be done with its rows (G5, G8). */
export function credentialManager({ instance, path }: Desk): Html {
  const row = ({ id, name, certificate }: HeldCredential) =>
    html`<tr>
      <td>${name}</td>
      <td>Microsoft 365</td>
      <td>${day(certificate.notAfter)}</td>
      <td>
        <a class="button small" href="${path}/credentials/${String(id)}" aria-label="Edit ${name}">Edit…</a>
        <form method="post" action="${path}/credentials/${String(id)}">
          <button class="small" name="act" value="delete" aria-label="Delete ${name}">Delete</button>
        </form>
      </td>
    </tr>`;
  return html`<div class="dialog">
    <h1>Credential Manager <a href="${path}/directory-services" aria-label="Close" title="Close">✕</a></h1>
    <div>
      ${
        instance.credentials.length === 0
          ? html`<p>There are no credentials yet.</p>`
          : html`<table>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Type</th>
                  <th scope="col">Valid until</th>
                  <th scope="col"></th>
                </tr>
              </thead>
              <tbody>
                ${instance.credentials.map(row)}
              </tbody>
            </table>`
      }
      <div class="actions">
        <form method="post" action="${path}/credentials"><button class="primary" name="act" value="create">Create…</button></form>
      </div>
    </div>
  </div>`;
}

interface Dialog {
  readonly desk: Desk;
  /** Of its form, below the credentials. */
  readonly of: string;
  readonly entry: { readonly name: string; readonly clientId: string; readonly tenantId: string };
  readonly certificate: Certificate;
}

const field = (id: string, label: string, value: string) =>
  html`<div class="field">
    <label for="${id}">${label}</label>
    <input type="text" id="${id}" name="${id}" value="${value}" autocomplete="off" spellcheck="false" />
  </div>`;

/** The dialog *Azure AD App Credentials* (G5–G8). */
export function credentialDialog({ desk: { path }, of, entry, certificate }: Dialog): Html {
  return html`<div class="dialog">
    <h1>Azure AD App Credentials</h1>
    <form method="post" action="${path}/credentials/${of}">
      <fieldset>
        <legend>Settings</legend>
        ${field('name', 'Name', entry.name)} ${field('clientId', 'Application (client) ID', entry.clientId)}
        ${field('tenantId', 'Directory (tenant) ID', entry.tenantId)}
      </fieldset>
      <fieldset>
        <legend>Authentication</legend>
        <div class="field">
          <label for="certificate">Certificate</label>
          <input type="text" id="certificate" value="${certificate.thumbprint}, valid until ${day(certificate.notAfter)}" readonly />
        </div>
        <details class="menu">
          <summary>Certificate ▾</summary>
          <div>
            <button name="act" value="make">Create Certificate</button>
            <button name="act" value="download">Download Certificate</button>
          </div>
        </details>
      </fieldset>
      <div class="actions end">
        <button class="primary" name="act" value="ok">OK</button>
        <a class="button" href="${path}/credentials">Cancel</a>
      </div>
    </form>
  </div>`;
}

const outcome = (run: FinishedRun | undefined): string =>
  run === undefined ? 'never run' : `${run.result}, ${run.itemsArchived} archived, ${moment(run.completedAt)}`;

/** Archive Email: the profiles, and a new one for one mailbox. */
export function profiles(desk: Desk): Html {
  const { instance, path, mailboxOf } = desk;
  const [first] = instance.credentials;
  const rows = instance.profiles.map(({ id, name, mailbox, credentialId, protocol }) => {
    const last = instance.runs.findLast(({ profileId }) => profileId === id);
    return html`<tr>
        <td>${name}</td>
        <td>${mailbox}</td>
        <td>${protocol ?? 'as permitted'}</td>
        <td>${credentialNamed(desk, credentialId)?.name ?? 'deleted'}</td>
        <td>${outcome(last)}</td>
        <td>
          <form method="post" action="${path}/profiles/${String(id)}"><button class="small" aria-label="Run ${name}">Run</button></form>
        </td>
      </tr>
      ${
        last === undefined || last.result === 'succeeded'
          ? nothing
          : html`<tr>
              <td colspan="6">${last.report}</td>
            </tr>`
      }`;
  });
  return html`<h1>Archive Email</h1>
    <p class="where">Archiving profiles of Microsoft 365</p>
    ${
      rows.length === 0
        ? html`<p>There is no archiving profile yet.</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">Profile</th>
                <th scope="col">Mailbox</th>
                <th scope="col">Archives by</th>
                <th scope="col">Credentials</th>
                <th scope="col">Last result</th>
                <th scope="col"></th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>`
    }
    <h2>Create a profile</h2>
    ${
      first === undefined
        ? html`<p>Create credentials in the Credential Manager first.</p>`
        : html`<form method="post" action="${path}/profiles">
            <div class="field">
              <label for="name">Name</label>
              <input type="text" id="name" name="name" value="Microsoft 365" required />
            </div>
            <div class="field">
              <label for="credential">Credentials</label>
              <select id="credential" name="credential">
                ${options(desk, instance.directoryServices?.credentialId ?? first.id)}
              </select>
            </div>
            <div class="field">
              <label for="mailbox">Mailbox</label>
              <input type="text" id="mailbox" name="mailbox" value="${mailboxOf(first.tenantId)}" required />
            </div>
            <div class="field">
              <label for="protocol">Archives by</label>
              <select id="protocol" name="protocol">
                <option value="">what the credentials permit</option>
                ${protocols.map((each) => html`<option>${each}</option>`)}
              </select>
            </div>
            <div class="actions"><button class="primary">Create</button></div>
          </form>`
    }`;
}
