/** One block between its labels (RFC 7468). */
export interface PemBlock {
  readonly label: string;
  /** What it says, base64 taken off; empty where it is no base64. */
  readonly bytes: Uint8Array;
  /** The block in the form in which OpenSSL wants it: a key that is encrypted the old way has lines above its base64. */
  readonly text: string;
}

export interface Pem {
  readonly blocks: readonly PemBlock[];
  /** Labels without their other half, or with something between the two that is no base64. */
  readonly unfinished: readonly string[];
}

/**
 * What travels along unseen and is no part of any text here: joiners and spaces without width, direction marks, soft
 * hyphens, the mark of UTF-8 within a text (Unicode category Cf).
 */
const invisible = /\p{Cf}/gu;

const dashes = '[-\\u2010-\\u2015\\u2212]{0,8}[\\u2010-\\u2015\\u2212][-\\u2010-\\u2015\\u2212]{0,8}';
const typographicLabel = new RegExp(`${dashes} ?(BEGIN|END) ([A-Z0-9 ]{1,40}?) ?${dashes}`, 'g');

/** A text that was quoted in a mail, or bears line ends written as two characters, in plain lines. */
function plainLines(text: string): string {
  return (
    text
      .replaceAll(invisible, '')
      .replaceAll('\u00A0', ' ')
      // JSON, an environment variable, a vault: the line ends stand there as two characters each.
      .replaceAll(/\\r\\n|\\n|\\r/g, '\n')
      .replaceAll(/\r\n?/g, '\n')
      .replaceAll(/^[ \t]*(?:[>|][ \t]*)+/gm, '')
      // A word processor makes long dashes of hyphens.
      .replaceAll(typographicLabel, '-----$1 $2-----')
  );
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----((?:(?!-----BEGIN )[^])*?)-----END \1-----/g;
const label = /-----(?:BEGIN|END) ([A-Z0-9 ]+)-----/g;

/** Lines such as `DEK-Info: …` above the base64 (RFC 1421, section 4.6), which old keys have. */
const headed = (body: string): readonly string[] => body.split('\n').filter((line) => /^[A-Za-z-]+: /.test(line.trim()));

function blockOf(name: string, body: string): PemBlock & { readonly whole: boolean } {
  const heads = headed(body);
  const base64 = body
    .split('\n')
    .filter((line) => !heads.includes(line))
    .join('')
    .replaceAll('=3D', '=')
    .replaceAll(/\s/g, '');
  const whole = /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
  const lines = base64.match(/.{1,64}/g) ?? [];
  const text = [`-----BEGIN ${name}-----`, ...heads, ...(heads.length > 0 ? [''] : []), ...lines, `-----END ${name}-----`, ''].join('\n');
  return { label: name, bytes: whole ? Buffer.from(base64, 'base64') : new Uint8Array(), text, whole };
}

/** The blocks of a text in PEM, as forgiving as the programs that read such files; null where there is none and nothing of one. */
export function readPem(given: string): Pem | null {
  if (!/BEGIN |END /.test(given)) return null;
  const text = plainLines(given);
  if (text.search(label) < 0) return null;
  const blocks = Array.from(text.matchAll(block), ([, name = '', body = '']) => blockOf(name, body));
  const alone = Array.from(text.replaceAll(block, '').matchAll(label), ([, name = '']) => name);
  const broken = blocks.filter(({ whole }) => !whole).map((each) => each.label);
  return { blocks: blocks.filter(({ whole }) => whole), unfinished: [...alone, ...broken] };
}

/** Base64 without its armour, in lines of any length; null for every other text. */
export function bareBase64(text: string): Uint8Array | null {
  const base64 = plainLines(text).replaceAll(/[\s"']/g, '');
  return /^[A-Za-z0-9+/]{16,}={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : null;
}
