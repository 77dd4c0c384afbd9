import exchangeHybrid from '../../assets/servers/exchange-hybrid/server.json' with { type: 'json' };
import mailstoreServer from '../../assets/servers/mailstore-server/server.json' with { type: 'json' };
import mailstoreSpe from '../../assets/servers/mailstore-spe/server.json' with { type: 'json' };
import other from '../../assets/servers/other/server.json' with { type: 'json' };
import en from '../../assets/i18n/en.json' with { type: 'json' };
import type { AppFacts } from '../../preload/contract.ts';

type View = AppFacts['servers'][number];

const texts: Readonly<Record<string, string>> = en;
const said = (key: string) => texts[key] ?? key;

interface FileStep {
  readonly part?: string;
  readonly text?: string;
  readonly values?: readonly string[];
  readonly userSignIn?: boolean;
  readonly texts?: Readonly<Record<string, string>>;
}

interface File {
  readonly redirectUri: { readonly path: string; readonly port: number } | null;
  readonly certificate: string;
  readonly certificateHint?: string;
  readonly signInPlace?: string;
  readonly renewal?: readonly string[];
  readonly freePermissions?: boolean;
  readonly sheet: readonly FileStep[];
  readonly profiles: readonly (string | { readonly id: string })[];
}

function stepOf({ part, text = '', values = [], userSignIn = false, texts: own = {} }: FileStep): View['sheet'][number] {
  const certificate = (name: string, key: string) => said(own[name] ?? `setup.sheet.certificate.${key}`);
  if (part !== undefined) {
    const [keyring, external, waiting] = ['keyring', 'external', 'waiting'].map((name) => certificate(name, name));
    return { part: 'certificate', keyring, external, waiting, instead: certificate('instead', 'keyring-other') } as View['sheet'][number];
  }
  return { text: said(text), values: [...values], link: null, userSignIn } as View['sheet'][number];
}

const viewOf = (id: string, file: File): View => ({
  id,
  name: said(`server.${id}.name`),
  userSignIn: file.redirectUri !== null,
  instances: file.redirectUri?.path.includes('{instance}') === true,
  port: String(file.redirectUri?.port ?? ''),
  certificate: file.certificate === 'server' ? 'server' : 'either',
  certificateHint: file.certificateHint === undefined ? '' : said(file.certificateHint),
  signInPlace: file.signInPlace === undefined ? '' : said(file.signInPlace),
  renewal: (file.renewal ?? ['server.renewal.create', 'server.renewal.download']).map(said),
  freePermissions: file.freePermissions === true,
  profiles: file.profiles.map((profile) => (typeof profile === 'string' ? profile : profile.id)),
  sheet: file.sheet.map(stepOf),
});

/** Kinds of server software as main tells them to a window in English: by their descriptors. */
export const serverViews: AppFacts['servers'] = [
  viewOf('mailstore-server', mailstoreServer),
  viewOf('mailstore-spe', mailstoreSpe),
  viewOf('exchange-hybrid', exchangeHybrid),
  viewOf('other', other),
];
