import { homedir } from 'node:os';
import { cutText } from '../visible-text.ts';

export const blanked = '[redacted]';

/** Names of properties, parameters and headers whose values are secrets. */
export const secretName =
  /token|secret|password|passwd|passphrase|pfx|private|assertion|authorization|cookie|code_verifier|codeverifier|client_info|clientinfo/i;

/** Longer texts are cut: a log line is no archive, and the patterns below run over every character. */
const longestText = 16_384;

/** Ids of grants look like random secrets (32 bytes in base64url); in a path of Graph their place says what they are. */
const grantPlaces = 'appRoleAssignedTo|appRoleAssignments|oauth2PermissionGrants';
const grantInPath = new RegExp(String.raw`((?:${grantPlaces})/)[\w-]{43}(?![\w-])`, 'g');

/** A long run that stands neither in such a place nor, as a SHA-256 in base64url, behind the name of a thumbprint. */
const afterName = new RegExp(
  String.raw`(?<![\w-])(?<!(?:${grantPlaces})/(?=[\w-]{43}(?![\w-])))(?<!(?:thumbprint|x5t#S256)["']?\s?[:=]\s?["']?(?=[\w-]{43}(?![\w-])))[A-Za-z0-9_-]{40,}`,
  'gi',
);

/** Error codes of Graph and words of our own checks, whose names hold the name of a secret. */
const noSecret = String.raw`(?!Authorization_(?:RequestDenied|IdentityNotFound)\b)(?<!\b(?:InvalidAuthentication|Directory_ExpiredPage))`;
const noValue = String.raw`(?!(?:passed|failed|pending|not-testable)\b)`;

const namedSecret = new RegExp(
  // name, then : or = (perhaps in quotes, perhaps escaped), then a quoted text or everything up to a separator
  String.raw`(${noSecret}(?:${secretName.source})[\w.-]{0,40}(?:\\?["'])?\s{0,3}[:=]\s{0,3})${noValue}(?:\\"(?:[^"\\]|\\(?!"))*(?:\\"|$)|"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|[^\s"'&,;}]+)`,
  'gi',
);

/**
 * Blanks secrets by their shape: PEM blocks, authorization schemes, JSON Web Tokens (RFC 7519), `name=value` of secret
 * names, URL queries and user information, and long base64 and base64url runs. Thumbprints, GUIDs, words and paths stay.
 */
export function redactSecretText(text: string): string {
  return shortened(text)
    .replaceAll(/-----BEGIN [^-]{1,60}-----[\s\S]*?(?:-----END [^-]{1,60}-----|$)/g, blanked)
    .replaceAll(/\b(Bearer|Basic|PoP|DPoP|Negotiate)\s+[\w.~+/=-]+/gi, `$1 ${blanked}`)
    .replaceAll(/\beyJ[\w-]{4,}(?:\.[\w-]*){0,4}/g, blanked)
    .replaceAll(namedSecret, `$1${blanked}`)
    .replaceAll(/(\b[a-z][\w+.-]{0,20}:\/\/)[^\s/?#@"'<>]*@/gi, '$1')
    .replaceAll(/(\b[a-z][\w+.-]{0,20}:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, `$1?${blanked}`)
    .replaceAll(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,}={1,2}(?![\w=])/g, blanked)
    .replaceAll(/(?:[A-Za-z0-9+/_-]|\r?\n|\\r|\\n){100,}={0,2}/g, (run) => keepReadable(run.replaceAll(grantInPath, '$1'), run))
    .replaceAll(afterName, (run) => keepReadable(run, run));
}

/** Characters of a service's sentence that are told; Microsoft's are a fraction of it. */
const longestSentence = 2000;

/**
 * What a service says of a failure, as faults, trail and window may repeat it: a request that it quotes back has tokens
 * and assertions in it. `redactSecretText`, and cut.
 */
export function serviceText(text: string): string {
  const told = redactSecretText(text);
  return told.length <= longestSentence ? told : `${cutText(told, longestSentence)}…`;
}

/** Additionally hides who it was: user principal names keep their domain, home folders become `%USERPROFILE%`. */
export function redactPersonalText(text: string): string {
  return withoutHome(text).replaceAll(/[^\s@"'<>()[\]{},;:=|\\/?&]{1,64}(?:@|%40)(?=[\p{L}\p{N}])/giu, '…@');
}

function shortened(text: string): string {
  return text.length <= longestText ? text : `${cutText(text, longestText)}… (${text.length} characters)`;
}

/** `run`, where every piece of `validated` is readable: the same without the ids that its place tells. */
function keepReadable(validated: string, run: string): string {
  return validated.split(/[/_+-]|\r?\n|\\r|\\n/).every(isReadable) ? run : blanked;
}

/** Hexadecimal up to a SHA-256 (thumbprints, GUIDs), numbers, and words as people and Microsoft write them. */
function isReadable(piece: string): boolean {
  if (/^(?:[0-9a-f]{0,64}|[0-9A-F]{0,64})$/.test(piece) || isNameOfWords(piece)) return true;
  if (piece.length > 32 || !/^[A-Za-z]+\d{0,6}$/.test(piece)) return false;
  // In a random text every second letter changes its case; in camelCase every fourth at most.
  const changes = piece.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  return changes <= piece.length / 4 + 1;
}

/** Several words in one, such as `appRoleAssignedTo` or `RequestFromNonPremiumTenantOrB2CTenant`; those of a random text are shorter. */
function isNameOfWords(piece: string): boolean {
  const words = piece.match(/^[a-z]+|[A-Z][a-z]+|[A-Z0-9]{1,4}(?=[A-Z][a-z]|$)/g) ?? [];
  return piece.length <= 80 && words.join('') === piece && words.length <= piece.length / 3.5;
}

const windowsProfile = /[A-Za-z]:[\\/]{1,4}Users[\\/]{1,4}[^\\/:*?"<>|\r\n]{1,64}/gi;
// With the capital of macOS and not after a host, so that Graph's `/v1.0/users/…` stays.
const posixProfile = /(?<![\w.])\/(?:home|Users)\/[^\s/:"'<>]{1,64}/g;

function withoutHome(text: string): string {
  // The folder itself first: profiles may lie elsewhere, and root's does.
  const home = safeHome();
  const known = home === '' ? text : text.replaceAll(home, '%USERPROFILE%').replaceAll(home.replaceAll('\\', '\\\\'), '%USERPROFILE%');
  return known.replaceAll(windowsProfile, '%USERPROFILE%').replaceAll(posixProfile, '%USERPROFILE%');
}

function safeHome(): string {
  try {
    const home = homedir();
    return home.length > 3 ? home : ''; // `/` and `C:\` would blank everything
  } catch {
    return '';
  }
}
