import { Fault } from '../faults.ts';
import { networkFault, type Fetch } from '../http/index.ts';
import { serviceOfHost } from './hosts.ts';
import { formsOf, messageOf, usualAccountOf, type PageForm } from './page-form.ts';

export interface FollowOptions {
  /** User principal name; null = the first tenant's Global Administrator. */
  readonly account: string | null;
  /** Transport to the practice tenant (`practiceFetch`). */
  readonly fetch: Fetch;
}

interface Page {
  readonly address: string;
  readonly text: string;
  /** Where the answer sends the browser; null for a page. */
  readonly location: string | null;
}

const post = (fields: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

const refused = (detail: string): Fault => {
  const [, number = 'AADSTS'] = /^(AADSTS\d+)/.exec(detail) ?? [];
  // As the classifier of the identity room tells the number that people meet: a tenant that does not exist.
  if (number === 'AADSTS90002') return new Fault('sign-in.tenant-unknown', { params: { number } });
  const sentence = detail.replace(/^AADSTS\d+:\s*/, '').replace(/\s*Trace ID:[\s\S]*$/, '');
  return new Fault('sign-in.refused', { params: { number, detail: sentence } });
};

/** What somebody presses: his account (or types it), the first button that can be pressed, or whatever goes on. */
function pressed(page: string, named: string | null): { readonly form: PageForm; readonly fields: Record<string, string> } | null {
  const forms = formsOf(page);
  const account = named ?? usualAccountOf(page);
  const chooser = forms.find(({ buttons }) => buttons.some(({ name }) => name === 'login'));
  const wanted = chooser?.buttons.find(({ value }) => value.toLowerCase() === account?.toLowerCase());
  if (chooser !== undefined && wanted !== undefined) return { form: chooser, fields: { login: wanted.value } };
  const other = forms.find(({ inputs }) => inputs.includes('login'));
  if (other !== undefined) return account === null ? null : { form: other, fields: { login: account } };
  const [form] = forms;
  if (form === undefined) return null;
  // Accept stands last, as in the real page; an account that always declines finds it disabled.
  const button = form.buttons.findLast(({ disabled }) => !disabled);
  return { form, fields: button === undefined || button.name === '' ? {} : { [button.name]: button.value } };
}

/** Only MSAL's own loopback server may get what the last page carries. */
function loopbackAddress(action: string): string | null {
  const url = new URL(action);
  if (url.protocol !== 'http:' || (url.hostname !== 'localhost' && url.hostname !== '127.0.0.1')) return null;
  url.hostname = '127.0.0.1';
  return url.href;
}

async function open({ fetch }: FollowOptions, address: string, init?: RequestInit): Promise<Page> {
  const response = await fetch(address, { ...init, redirect: 'manual' }).catch((error: unknown) => {
    throw networkFault(error, new URL(address).host);
  });
  return { address, text: await response.text(), location: response.headers.get('location') };
}

/** Calls the client's loopback server with what a page or a redirect carries. */
async function callBack(address: string, init: RequestInit): Promise<void> {
  const loopback = loopbackAddress(address);
  if (loopback === null) throw new Fault('service.host-refused', { params: { host: new URL(address).host } });
  const response = await fetch(loopback, { ...init, redirect: 'manual' });
  await response.body?.cancel();
}

/**
 * A browser without a window: follows the sign-in pages of the practice tenant as one account, consents where it can, and
 * hands the answer to the client's loopback server.
 *
 * @throws Fault sign-in.refused when a page says no and offers no way back; service.host-refused when a page leads
 *   anywhere but to the practice tenant or a loopback address
 */
export async function followAuthorize(address: string, options: FollowOptions): Promise<void> {
  let page = await open(options, address);
  // chooser, consent, way back: a sign-in never has more pages
  for (let step = 0; step < 4; step += 1) {
    if (page.location !== null) return callBack(new URL(page.location, page.address).href, {});
    const press = pressed(page.text, options.account);
    if (press === null) throw refused(messageOf(page.text));
    const target = new URL(press.form.action, page.address);
    const fields = { ...press.form.fields, ...press.fields };
    if (serviceOfHost(target.host) === 'identity' && target.protocol === 'https:') {
      page = await open(options, target.href, post(fields));
      continue;
    }
    return callBack(target.href, post(fields));
  }
  throw refused('The sign-in pages did not come to an end.');
}

/**
 * The same for a device code: types it at the verification address (`http://127.0.0.1:PORT/…`) and signs in.
 *
 * @throws Fault sign-in.refused
 */
export async function followDeviceCode(
  verificationAddress: string,
  userCode: string,
  { account }: Pick<FollowOptions, 'account'>,
): Promise<void> {
  const local: FollowOptions = { account, fetch: (address, init) => fetch(address, init) };
  if (loopbackAddress(verificationAddress) === null)
    throw new Fault('service.host-refused', { params: { host: new URL(verificationAddress).host } });
  let page = await open(local, verificationAddress, post({ otc: userCode }));
  for (let step = 0; step < 3; step += 1) {
    const press = pressed(page.text, account);
    if (press === null) break;
    page = await open(local, new URL(press.form.action, page.address).href, post({ ...press.form.fields, ...press.fields }));
  }
  if (/<h1>Done<\/h1>/.test(page.text)) return;
  throw refused(messageOf(page.text));
}
