import { readXml, type XmlElement } from './xml.ts';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const types = 'http://schemas.microsoft.com/exchange/services/2006/types';
const messages = 'http://schemas.microsoft.com/exchange/services/2006/messages';

/** What a request asks for, where it is the one that is simulated. */
export type ReadRequest =
  /** The inbox of the impersonated mailbox; null = nobody is impersonated. */
  | { readonly kind: 'count-inbox'; readonly mailbox: string | null }
  | { readonly kind: 'malformed' }
  /** `what` follows "does not have". */
  | { readonly kind: 'not-simulated'; readonly what: string };

const isElement =
  (namespace: string, name: string) =>
  (element: XmlElement): boolean =>
    element.namespace === namespace && element.name === name;

const child = (element: XmlElement | undefined, namespace: string, name: string): XmlElement | undefined =>
  element?.children.find(isElement(namespace, name));

/** The names of what is in an element, in order, as one text. */
const shape = ({ children }: XmlElement): string => children.map(({ name }) => name).join(' ');

/** Versions that Exchange Online answers as itself ("RequestServerVersion"). */
const versions = /^Exchange(2013(_SP1)?|2015(_\d+)?|2016|V20\d\d_\d\d_\d\d)$/;

function impersonated(header: XmlElement | undefined): ReadRequest | null {
  const others = (header?.children ?? []).find(({ name }) => name !== 'RequestServerVersion' && name !== 'ExchangeImpersonation');
  if (others !== undefined) return { kind: 'not-simulated', what: `the SOAP header ${others.name}` };
  const version = child(header, types, 'RequestServerVersion')?.attributes['Version'];
  if (version !== undefined && !versions.test(version)) return { kind: 'not-simulated', what: `the schema version ${version}` };
  const impersonation = child(header, types, 'ExchangeImpersonation');
  if (impersonation === undefined) return { kind: 'count-inbox', mailbox: null };
  const sid = child(impersonation, types, 'ConnectingSID');
  const [who, ...more] = sid?.children ?? [];
  if (who === undefined || more.length > 0) return { kind: 'malformed' };
  if (!isElement(types, 'SmtpAddress')(who) && !isElement(types, 'PrimarySmtpAddress')(who))
    return { kind: 'not-simulated', what: `impersonation by ${who.name}` };
  return { kind: 'count-inbox', mailbox: who.text };
}

/** `GetFolder` of the inbox with nothing but its number of messages: a probe that counts and reads nothing. */
function isCount(operation: XmlElement): boolean {
  const folderShape = child(operation, messages, 'FolderShape');
  const properties = child(folderShape, types, 'AdditionalProperties');
  const ids = child(operation, messages, 'FolderIds');
  const [id] = ids?.children ?? [];
  return (
    shape(operation) === 'FolderShape FolderIds' &&
    child(folderShape, types, 'BaseShape')?.text === 'IdOnly' &&
    properties?.children.length === 1 &&
    child(properties, types, 'FieldURI')?.attributes['FieldURI'] === 'folder:TotalCount' &&
    ids?.children.length === 1 &&
    id !== undefined &&
    isElement(types, 'DistinguishedFolderId')(id) &&
    id.attributes['Id'] === 'inbox' &&
    id.children.length === 0
  );
}

/** Reads a request to EWS ("GetFolder operation", SOAP 1.1). */
export function readRequest(text: string): ReadRequest {
  const envelope = readXml(text);
  const body = envelope === null || !isElement(soap, 'Envelope')(envelope) ? undefined : child(envelope, soap, 'Body');
  const [operation, ...more] = body?.children ?? [];
  if (envelope === null || operation === undefined || more.length > 0) return { kind: 'malformed' };
  if (operation.namespace !== messages) return { kind: 'malformed' };
  if (operation.name !== 'GetFolder') return { kind: 'not-simulated', what: `the EWS operation ${operation.name}` };
  if (!isCount(operation)) return { kind: 'not-simulated', what: 'GetFolder for anything but the number of messages in the inbox' };
  return impersonated(child(envelope, soap, 'Header')) ?? { kind: 'malformed' };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const enveloped = (content: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${soap}"><s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="20" MajorBuildNumber="9999" MinorBuildNumber="1" Version="V2018_01_08" xmlns:h="${types}"/></s:Header><s:Body>${content}</s:Body></s:Envelope>`;

/** "GetFolderResponse": the inbox with its number of messages. */
export const countAnswer = (folderId: string, count: number): string =>
  enveloped(
    `<m:GetFolderResponse xmlns:m="${messages}" xmlns:t="${types}"><m:ResponseMessages><m:GetFolderResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Folders><t:Folder><t:FolderId Id="${escaped(folderId)}" ChangeKey="AQAAAA=="/><t:TotalCount>${count}</t:TotalCount></t:Folder></m:Folders></m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse>`,
  );

/** A SOAP fault as EWS words it: the code in `detail` ("ResponseCode"). */
export const faultAnswer = (code: string, message: string): string =>
  enveloped(
    `<s:Fault><faultcode xmlns:a="${types}">a:${code}</faultcode><faultstring xml:lang="en-US">${escaped(message)}</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${code}</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${escaped(message)}</e:Message></detail></s:Fault>`,
  );
